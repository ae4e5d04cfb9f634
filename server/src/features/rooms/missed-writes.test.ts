import { expect, it, jest } from '@jest/globals';
import * as Y from 'yjs';
import { codeOf, firstText, openTab, setUpRoom, textOf } from '../../testing/engine-room.ts';
import { waitFor } from '../../testing/wait-for.ts';
import { Staging } from './staging.ts';

jest.setTimeout(60_000);

/** Commits wait until `release`. */
function heldBack() {
  let release = () => {};
  const gate = new Promise<void>((resolve) => (release = resolve));
  return { gate, release: () => release() };
}

it('R3 sends a writer their own words where they have joined anew since: that stay does not hold them', async () => {
  const setup = setUpRoom();
  const { gate, release } = heldBack();
  const engine = setup.start((inner) => ({
    ...inner,
    commit: async (writes) => (await gate, inner.commit(writes)),
  }));
  const visitor = setup.sit();
  const tab = await openTab(engine, setup, visitor);
  const pushed = tab.write('said in the first stay');
  const { doc } = await openTab(engine, setup, visitor);
  release();
  await pushed;
  const sent = setup.batches.filter(({ writer }) => writer !== visitor.id);
  for (const { message } of sent) Y.applyUpdate(doc, Buffer.from(message.bytes, 'base64'));
  expect(textOf(doc)).toEqual(['said in the first stay']);
});

it('R15 brings a copy that was read in the moment of a commit up to it when its readers are next looked at', async () => {
  const setup = setUpRoom();
  const [engine, other] = [setup.start(), setup.start()];
  const reader = setup.sit();
  const { doc } = await openTab(engine, setup, reader);
  await (await openTab(other, setup, setup.sit())).write('committed meanwhile');
  setup.batches.length = 0;
  await engine.heads([{ seat: reader.seat, room: setup.room }]);
  await waitFor(() => expect(setup.batches).toHaveLength(1));
  for (const { message } of setup.batches) Y.applyUpdate(doc, Buffer.from(message.bytes, 'base64'));
  expect(textOf(doc)).toEqual(['committed meanwhile']);
  // And nothing twice.
  await engine.heads([{ seat: reader.seat, room: setup.room }]);
  expect(await codeOf((await openTab(engine, setup, setup.sit())).write('after it'))).toBe('accepted');
  expect(setup.batches.map(({ message: { fromSeq, toSeq } }) => [fromSeq, toSeq])).toEqual([
    [1, 1],
    [2, 2],
  ]);
});

it('R14 makes the copy that writes are tried on anew once for a batch that was refused, not for each of its writes', async () => {
  const setup = setUpRoom();
  const { gate, release } = heldBack();
  let isAway = true;
  const engine = setup.start((inner) => ({
    ...inner,
    commit: async (writes) => {
      if (!isAway) return inner.commit(writes);
      await gate;
      throw new Error('Connection terminated unexpectedly');
    },
  }));
  const tabs = await Promise.all(Array.from({ length: 12 }, () => openTab(engine, setup, setup.sit())));
  // The first goes at once and alone; all others wait for the second batch.
  const pushed = tabs.map((tab, index) => codeOf(tab.write(`text ${index}`)));
  const made = jest.spyOn(Staging.prototype, 'load');
  release();
  expect(new Set(await Promise.all(pushed))).toEqual(new Set(['unavailable']));
  expect(made.mock.calls.length).toBeLessThanOrEqual(2);
  made.mockRestore();
  isAway = false;
  expect(await codeOf(tabs[0]!.write('after it'))).toBe('resync');
  const back = await openTab(engine, setup, setup.sit());
  expect(await codeOf(back.write('after it'))).toBe('accepted');
  expect(textOf(back.doc)).toEqual(['after it']);
});

it('R14 a deletion that a joiner’s copy read from the log before its answer came waits for nothing more', async () => {
  const setup = setUpRoom();
  const { gate, release } = heldBack();
  let isLate = false;
  let committed = 0;
  const engine = setup.start((inner) => ({
    ...inner,
    commit: async (writes) => {
      const results = await inner.commit(writes);
      committed += 1;
      if (isLate) await gate;
      return results;
    },
  }));
  const tab = await openTab(engine, setup, setup.sit());
  await tab.write('hello brave new world');
  isLate = true;
  const bytes = tab.change((doc) => firstText(doc).delete(0, 6));
  const pushed = tab.push(bytes);
  await waitFor(() => expect(committed).toBe(2));
  expect(textOf((await openTab(engine, setup, setup.sit())).doc)).toEqual(['brave new world']);
  release();
  await pushed;
  // Nothing is new in it: answered from what is committed, unless something still waits.
  expect(await codeOf(tab.push(bytes))).toBe('accepted');
});

it('R7 R18 whoever is put out beside others leaves nothing that their words were tried on', async () => {
  // Which of two marks Yjs tidies away depends on who is who: so a few rooms.
  for (let round = 0; round < 16; round += 1) {
    const setup = setUpRoom();
    const { gate, release } = heldBack();
    let isHeld = false;
    const engine = setup.start((inner) => ({
      ...inner,
      commit: async (writes) => {
        if (isHeld) await gate;
        return inner.commit(writes);
      },
    }));
    await (await openTab(engine, setup, setup.sit())).write('hello brave new world');
    const leaver = setup.sit();
    const [first, one, two] = await Promise.all(
      [setup.sit(), leaver, setup.sit()].map((visitor) => openTab(engine, setup, visitor)),
    );
    isHeld = true;
    const before = codeOf(first!.write('other'));
    await waitFor(() => expect(engine.queuedWrites).toBe(0));
    const bold = (tab: typeof first, length: number) =>
      codeOf(tab!.push(tab!.change((doc) => firstText(doc).format(0, length, { bold: {} }))));
    const formats = [bold(one, 2), bold(two, 1)];
    await waitFor(() => expect(engine.queuedWrites).toBe(2));
    setup.store.revoke(leaver.seat);
    release();
    await Promise.all([before, ...formats]);
    for (const server of [engine, setup.start()]) {
      const late = await openTab(server, setup, setup.sit());
      expect(late.doc.store.pendingDs).toBeNull();
      expect(await codeOf(late.write('after it'))).toBe('accepted');
      await server.close();
    }
  }
});

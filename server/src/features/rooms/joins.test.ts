import { setImmediate } from 'node:timers/promises';
import { describe, expect, it, jest } from '@jest/globals';
import { MAX_JOINS_AT_ONCE } from '@longtable/shared/limits';
import * as Y from 'yjs';
import { codeOf, firstText, openTab, readRoom, setUpRoom, textOf } from '../../testing/engine-room.ts';
import { rewrite } from './rewrite.ts';
import type { Rewriter } from './rewriter.ts';

jest.setTimeout(60_000);

const parts = (joined: { missing: { encoding: string; bytes: string }[] }) =>
  joined.missing.map(({ encoding, bytes }) => [encoding, bytes]);

/** What all parts hold, deleted text included, as whoever reads the wire sees it. */
const rawOf = (joined: { missing: { bytes: string }[] }) =>
  Buffer.concat(joined.missing.map(({ bytes }) => Buffer.from(bytes, 'base64')));

/** A room that was written in, left and compacted; `kept` is what a tab of then still holds. */
async function setUpCold(lines = 3) {
  const setup = setUpRoom();
  const engine = setup.start();
  const tab = await openTab(engine, setup, setup.sit());
  for (let i = 0; i < lines; i++) await tab.write(`line ${i}`);
  await engine.close();
  const { snapshot, tail } = (await setup.store.load(setup.room))!;
  expect(tail).toHaveLength(0);
  const kept = { doc: tab.doc, lineage: tab.lineage, tickets: [tab.ticket], seq: lines };
  return { setup, snapshot: Buffer.from(snapshot!).toString('base64'), kept };
}

describe('R22 joins', () => {
  it('answer from a room that nobody has open with the bytes as they are stored, and make no Y.Doc', async () => {
    const { setup, snapshot } = await setUpCold();
    const engine = setup.start();
    const [one, two] = [await openTab(engine, setup, setup.sit()), await openTab(engine, setup, setup.sit())];
    expect(parts(one.joined)).toEqual([['v2', snapshot]]);
    expect(parts(two.joined)).toEqual([['v2', snapshot]]);
    expect(textOf(two.doc)).toEqual(['line 0', 'line 1', 'line 2']);
    expect(Buffer.from(Y.encodeStateVector(one.doc)).toString('base64')).toBe(one.joined.stateVector);
    expect([engine.openRooms, engine.warmRooms]).toEqual([1, 0]);
    await two.write('the first letter makes it');
    expect([engine.openRooms, engine.warmRooms]).toEqual([1, 1]);
    await engine.close();
  });

  it('bring the log after the snapshot where there is one', async () => {
    const { setup, snapshot } = await setUpCold();
    const before = setup.start();
    await (await openTab(before, setup, setup.sit())).write('since then');
    const engine = setup.start();
    const { joined, doc } = await openTab(engine, setup, setup.sit());
    expect(parts(joined).map(([encoding]) => encoding)).toEqual(['v2', 'v1']);
    expect(joined.missing[0]!.bytes).toBe(snapshot);
    expect(textOf(doc).at(-1)).toBe('since then');
    expect(engine.warmRooms).toBe(0);
  });

  it('bring nothing to who has everything, and from the log what came since', async () => {
    const { setup, kept } = await setUpCold();
    const engine = setup.start();
    const back = await openTab(engine, setup, setup.sit(), kept);
    expect(back.joined.missing).toEqual([]);
    await back.write('one more');
    const again = await openTab(engine, setup, setup.sit(), { ...kept, doc: new Y.Doc() });
    expect(parts(again.joined).map(([encoding]) => encoding)).toEqual(['v1']);
    expect(rawOf(again.joined).includes('one more')).toBe(true);
    expect(rawOf(again.joined).includes('line 2')).toBe(false);
  });

  it('find what is new in a snapshot for who was away while it was made', async () => {
    const { setup, kept } = await setUpCold();
    const meanwhile = setup.start();
    await (await openTab(meanwhile, setup, setup.sit())).write('meanwhile');
    await meanwhile.close();
    const engine = setup.start();
    const { joined, doc } = await openTab(engine, setup, setup.sit(), kept);
    expect(rawOf(joined).includes('meanwhile')).toBe(true);
    expect(rawOf(joined).includes('line 0')).toBe(false);
    expect(textOf(doc)).toHaveLength(4);
    expect(engine.warmRooms).toBe(0);
  });

  it('take no sequence of the future, of another lineage or without one for held', async () => {
    const { setup, snapshot, kept } = await setUpCold();
    const engine = setup.start();
    const { room } = setup;
    for (const request of [
      { room, lineage: kept.lineage, seq: 4 },
      { room, lineage: '5f0c1f8e-7d3c-4b57-9a49-9f4d6b1f0a02' as never, seq: 3 },
      { room, seq: 3 },
    ]) {
      const joined = await engine.join(setup.sit(), request, () => {});
      expect(parts(joined)).toEqual([['v2', snapshot]]);
    }
  });

  it('bring no text that was deleted before to who comes for the first time', async () => {
    const setup = setUpRoom();
    const engine = setup.start();
    const tab = await openTab(engine, setup, setup.sit());
    await tab.write('what may be read');
    const early = await openTab(engine, setup, setup.sit(false));
    expect(parts(early.joined).map(([encoding]) => encoding)).toEqual(['v1']);
    await tab.push(tab.change((doc) => firstText(doc).insert(0, 'said too soon ')));
    await tab.push(tab.change((doc) => firstText(doc).delete(0, 14)));
    const late = await openTab(engine, setup, setup.sit(false));
    expect(textOf(late.doc)).toEqual(['what may be read']);
    expect(rawOf(late.joined).includes('too soon')).toBe(false);
    await tab.write('and more');
    const later = await openTab(engine, setup, setup.sit(false));
    expect(textOf(later.doc)).toEqual(['what may be read', 'and more']);
    expect(later.joined.missing[0]).toEqual(late.joined.missing[0]);
    expect(rawOf(later.joined).includes('too soon')).toBe(false);
    await engine.close();
  });

  it('merge a long log, and lose nothing of it', async () => {
    const setup = setUpRoom();
    const engine = setup.start();
    const tab = await openTab(engine, setup, setup.sit());
    for (let i = 0; i < 200; i++) await tab.write(`line ${i}`);
    const { joined, doc } = await openTab(engine, setup, setup.sit());
    expect(joined.missing).toHaveLength(3 + (200 % 64));
    expect(textOf(doc)).toEqual(textOf(tab.doc));
    const since = await engine.join(
      setup.sit(),
      { room: setup.room, lineage: tab.lineage, seq: 199 },
      () => {},
    );
    expect(since.missing).toHaveLength(1);
    await engine.close();
  });

  it('read a room once, however many ask at once, and look up only so many at a time', async () => {
    const { setup } = await setUpCold();
    let [loads, now, most] = [0, 0, 0];
    const engine = setup.start((inner) => ({
      ...inner,
      accessFor: async (...asked) => {
        most = Math.max(most, ++now);
        await setImmediate();
        now -= 1;
        return inner.accessFor(...asked);
      },
      load: async (id) => {
        loads += 1;
        await setImmediate();
        return inner.load(id);
      },
    }));
    const tabs = await Promise.all(Array.from({ length: 60 }, () => openTab(engine, setup, setup.sit())));
    expect(tabs.every(({ doc }) => textOf(doc).length === 3)).toBe(true);
    expect([loads, most]).toEqual([1, MAX_JOINS_AT_ONCE]);
  });

  it('go on after some that failed', async () => {
    const { setup } = await setUpCold();
    let isAway = true;
    const engine = setup.start((inner) => ({
      ...inner,
      accessFor: async (...asked) => {
        if (isAway) throw new Error('Connection terminated unexpectedly');
        return inner.accessFor(...asked);
      },
    }));
    const tries = await Promise.all(
      Array.from({ length: 20 }, () => codeOf(openTab(engine, setup, setup.sit()))),
    );
    expect(tries).not.toContain('accepted');
    isAway = false;
    expect(await readRoom(engine, setup)).toHaveLength(3);
  });
});

describe('R11 compaction', () => {
  /** Rewrites here, when it is told to. */
  const byHand = () => {
    const gates: (() => void)[] = [];
    const rewriter: Rewriter = {
      run: async (makeJob) => {
        await new Promise<void>((resolve) => gates.push(resolve));
        return rewrite(makeJob());
      },
      close: async () => gates.splice(0).forEach((open) => open()),
    };
    return { rewriter, gates };
  };

  it('goes on beside writing, and loses nothing of what is written meanwhile', async () => {
    const setup = setUpRoom();
    const { rewriter, gates } = byHand();
    let entered = () => {};
    const storing = new Promise<void>((resolve) => (entered = resolve));
    let release = () => {};
    const gate = new Promise<void>((resolve) => (release = resolve));
    const engine = setup.start(
      (inner) => ({
        ...inner,
        compact: async (...asked) => {
          entered();
          await gate;
          return inner.compact(...asked);
        },
      }),
      { rewriter },
    );
    const tab = await openTab(engine, setup, setup.sit());
    for (let i = 0; i < 1_000; i++) await tab.write(`line ${i}`);
    await tab.write('before its turn');
    gates.shift()!();
    await storing;
    await tab.write('while it is stored');
    release();
    while ((await setup.store.load(setup.room))!.snapshotSeq === 0) await setImmediate();
    const state = (await setup.store.load(setup.room))!;
    expect([state.snapshotSeq, state.tail.map(({ seq }) => seq)]).toEqual([1_001, [1_002]]);
    const both = [await readRoom(engine, setup), await readRoom(setup.start(), setup)];
    for (const read of both) {
      expect(read).toHaveLength(1_002);
      expect(read.slice(-2)).toEqual(['before its turn', 'while it is stored']);
    }
    expect(await codeOf(tab.write('and on'))).toBe('accepted');
  });

  it('that fails harms nobody, and is not tried again at once', async () => {
    const setup = setUpRoom();
    let tries = 0;
    const rewriter: Rewriter = {
      run: async () => {
        tries += 1;
        throw new Error('a rewriting thread ended early (9)');
      },
      close: async () => {},
    };
    const engine = setup.start(undefined, { rewriter });
    const tab = await openTab(engine, setup, setup.sit());
    for (let i = 0; i < 1_050; i++) await tab.write(`line ${i}`);
    expect(tries).toBe(1);
    expect(await readRoom(engine, setup)).toHaveLength(1_050);
    await engine.close();
    expect((await setup.store.load(setup.room))?.tail).toHaveLength(1_050);
    expect(await readRoom(setup.start(), setup)).toHaveLength(1_050);
  });
});

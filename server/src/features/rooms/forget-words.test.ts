import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { appendBlocks, leaveGaps } from '@longtable/shared/documents/model/blocks';
import type { Lineage, RoomId, WordsId } from '@longtable/shared/ids';
import { randomUUID } from 'node:crypto';
import * as Y from 'yjs';
import { describeEachBackend } from '../../testing/backends.ts';
import { seatedMember, startPartnership } from '../../testing/factories.ts';
import { createTestDeps, type TestDeps } from '../../testing/test-deps.ts';
import { KeyDestroyedError, type KeyId } from '../../platform/keyring.ts';
import { forgetWords, moveToNewKey, startTurns } from './forget-words.ts';
import { forgetQuotes } from './forgetting.service.ts';
import { createKnexUpdateStore } from './knex-update-store.ts';
import { loadDoc, placeOf } from './rewrite.ts';
import { createRewriter, type Rewriter } from './rewriter.ts';
import { pinRooms, readJointSection, reopenRooms, roomsOfDocument } from './rooms.service.ts';

jest.setTimeout(60_000);

const SECTION = 'why';

describeEachBackend('R25 forgetting', (backend) => {
  let deps: TestDeps;
  const rewriter = createRewriter();
  beforeAll(() => {
    deps = createTestDeps(backend.db);
  });
  afterAll(() => rewriter.close());

  /** A joint section that quotes words, as two rows of its log. */
  const setTable = async () => {
    const { circles, documents } = await startPartnership(deps);
    const document = { id: documents.definition, kind: 'definition' as const };
    const { seat } = await seatedMember(deps, circles[0]!);
    const all = await roomsOfDocument(deps, document, circles[0]!);
    const room = all.find(({ key }) => key === SECTION)!.rooms.partnership;
    const words = randomUUID() as WordsId;
    // One store for all writes, as one node has: it remembers where it left the room, and under which key.
    const store = createKnexUpdateStore(deps);
    const doc = new Y.Doc();
    const write = async (edit: (doc: Y.Doc) => void) => {
      const { lineage } = await row();
      const before = Y.encodeStateVector(doc);
      edit(doc);
      const bytes = Y.encodeStateAsUpdate(doc, before);
      const [result] = await store.commit([{ room, lineage, seats: [seat.id], bytes }]);
      expect(result).toMatchObject({ ok: true });
    };
    const row = async () =>
      (await deps.db('rooms').where({ id: room }).first()) as {
        key_id: KeyId;
        old_key_id: KeyId | null;
        epoch: number;
        lineage: Lineage;
        forgets: WordsId[] | null;
      };
    const sealed = async (): Promise<Uint8Array[]> => {
      const { rows } = (await deps.db.raw(
        `select update_sealed as bytes from room_updates where room_id = ?
         union all select snapshot_sealed from rooms where id = ? and snapshot_sealed is not null`,
        [room, room],
      )) as { rows: { bytes: Uint8Array }[] };
      return rows.map(({ bytes }) => bytes);
    };
    const ask = () => deps.db.transaction((trx) => forgetQuotes(trx, [room], words));
    const said = async () => JSON.stringify(await readJointSection(deps, document, SECTION));
    await write((d) =>
      appendBlocks(d, [
        { kind: 'quote', cites: words, runs: [{ text: 'CanaryDebts' }] },
        { kind: 'paragraph', runs: [{ text: 'and so we plan' }] },
      ]),
    );
    const gap = () => write((d) => void leaveGaps(d, words));
    const more = (text: string) => write((d) => appendBlocks(d, [{ kind: 'paragraph', runs: [{ text }] }]));
    return { document, room, store, words, write, row, sealed, ask, said, gap, more };
  };

  const isDestroyed = (key: KeyId) =>
    deps.keyring
      .seal(key, { table: 't', column: 'c', row: 'r', audience: 'a' }, Uint8Array.of(1))
      .then(() => false)
      .catch((error: unknown) => error instanceof KeyDestroyedError);

  it('leaves no byte of the words, under a new key, and destroys the old one for every copy', async () => {
    const { room, store, row, sealed, ask, said, gap, more } = await setTable();
    const backup = await sealed();
    const before = await row();
    await gap();
    await ask();
    expect(await forgetWords(deps, rewriter)).toBe(1);
    const after = await row();
    expect(after).toMatchObject({
      epoch: before.epoch + 1,
      lineage: before.lineage,
      forgets: null,
      old_key_id: null,
    });
    expect(after.key_id).not.toBe(before.key_id);
    expect(await isDestroyed(before.key_id)).toBe(true);
    const context = { table: 'room_updates', column: 'update', row: `${room}/1`, audience: 'partnership' };
    await expect(deps.keyring.open(context, backup[0]!)).rejects.toThrow(KeyDestroyedError);
    const { snapshot, tail, room: record } = (await store.load(room))!;
    const held = { place: placeOf(record), snapshot, tail: tail.map(({ bytes }) => bytes) };
    expect(Buffer.from(Y.encodeStateAsUpdate(loadDoc(held))).includes('CanaryDebts')).toBe(false);
    expect(Buffer.from(snapshot!).includes('CanaryDebts')).toBe(false);
    expect(await said()).toContain('and so we plan');
    // The same node writes on, where it remembers the old key.
    await more('afterwards');
    expect(await said()).toContain('afterwards');
    expect(await forgetWords(deps, rewriter)).toBe(0);
  });

  it('keeps what is written while it happens, under the new key', async () => {
    const { words, room, row, ask, said, gap, more } = await setTable();
    await gap();
    await ask();
    const busy: Rewriter = {
      run: async (makeJob) => {
        const compacted = await rewriter.run(makeJob);
        await more('written meanwhile');
        return compacted;
      },
      close: async () => {},
    };
    expect(await moveToNewKey(deps, busy, { id: room, forgets: [words] })).toBe(true);
    expect((await row()).epoch).toBe(2);
    expect(await said()).toContain('written meanwhile');
    await more('and after');
    expect(await said()).toContain('and after');
  });

  it('forgets nothing on the sly that it was asked for, or that came back, while it was at work', async () => {
    const while_ = (deed: () => Promise<unknown>): Rewriter => ({
      run: async (makeJob) => {
        const compacted = await rewriter.run(makeJob);
        await deed();
        return compacted;
      },
      close: async () => {},
    });
    const { words, room, row, ask, said, gap, write } = await setTable();
    const due = { id: room, forgets: [words] };
    await gap();
    await ask();
    const others = randomUUID() as WordsId;
    const quoteBack = (cites: WordsId) =>
      write((d) => appendBlocks(d, [{ kind: 'quote', cites, runs: [{ text: 'undone' }] }]));
    expect(
      await moveToNewKey(
        deps,
        while_(() => quoteBack(words)),
        due,
      ),
    ).toBe(false);
    await gap();
    await quoteBack(others);
    const askMore = () => deps.db.transaction((trx) => forgetQuotes(trx, [room], others));
    expect(await moveToNewKey(deps, while_(askMore), due)).toBe(false);
    expect(await row()).toMatchObject({ epoch: 1, forgets: [words, others] });
    expect(await forgetWords(deps, rewriter)).toBe(0);
    await write((d) => void leaveGaps(d, others));
    expect(await forgetWords(deps, rewriter)).toBe(1);
    expect(await row()).toMatchObject({ epoch: 2, forgets: null });
    expect(await said()).toContain('and so we plan');
  });

  it('lets rooms in which words go on standing keep no other waiting, and looks at them again when they change', async () => {
    const standing = await setTable();
    await standing.ask();
    // Before all others in order.
    const waiting = Array.from({ length: 25 }, (_, at) => `00000000-0000-4000-8000-${100_000_000_000 + at}`);
    const [model] = (await deps.db('rooms').where({ id: standing.room })) as Record<string, unknown>[];
    // Whatever stands in them is sealed for another room: looking at them fails, which must hold nobody up either.
    await deps
      .db('rooms')
      .insert(
        waiting.map((id, at) => ({ ...model, id, section: `waiting-${at}`, forgets: [standing.words] })),
      );
    const last = await setTable();
    await deps
      .db('rooms')
      .where({ id: last.room })
      .update({ forgets: [last.words] });
    await last.gap();
    const turns = startTurns();
    let forgotten = 0;
    for (let turn = 0; turn < 3; turn += 1) forgotten += await forgetWords(deps, rewriter, turns);
    expect(forgotten).toBe(1);
    expect((await last.row()).epoch).toBe(2);
    expect(turns.stood.has(standing.room)).toBe(true);
    await standing.gap();
    for (let turn = 0; turn < 3; turn += 1) forgotten += await forgetWords(deps, rewriter, turns);
    expect(forgotten).toBe(2);
    await deps.db('rooms').whereIn('id', waiting).delete();
  });

  it('waits until the words stand there no more, also while the section is before the circles', async () => {
    const { document, room, row, ask, gap } = await setTable();
    await ask();
    expect(await forgetWords(deps, rewriter)).toBe(0);
    await deps.db.transaction((trx) => pinRooms({ trx, keyring: deps.keyring }, document, [SECTION]));
    expect(await forgetWords(deps, rewriter)).toBe(0);
    await deps.db.transaction((trx) => reopenRooms(trx, [room]));
    await gap();
    expect(await forgetWords(deps, rewriter)).toBe(1);
    expect((await row()).epoch).toBe(2);
  });

  it('puts everybody out to join again', async () => {
    const { room, ask, gap } = await setTable();
    await gap();
    await ask();
    const heard: unknown[] = [];
    const stop = deps.bus.subscribe((message) => heard.push(message));
    await forgetWords(deps, rewriter);
    stop();
    expect(heard).toEqual([{ kind: 'room', roomId: room }]);
  });

  it('changes nothing where the thread dies, and is done the next time', async () => {
    const { row, ask, said, gap } = await setTable();
    await gap();
    await ask();
    const before = await row();
    const dying: Rewriter = { run: () => Promise.reject(new Error('died')), close: async () => {} };
    expect(await forgetWords(deps, dying)).toBe(0);
    expect(await row()).toEqual(before);
    expect(await said()).toContain('and so we plan');
    expect(await forgetWords(deps, rewriter)).toBe(1);
  });

  it('loses no key where the answer of a commit is lost, and destroys the old one later', async () => {
    const { room, words, row, ask, said, gap } = await setTable();
    await gap();
    await ask();
    const before = await row();
    const db = new Proxy(deps.db, {
      get: (target, name) =>
        name === 'transaction'
          ? async (work: never) => {
              await target.transaction(work);
              throw new Error('Connection terminated unexpectedly');
            }
          : (Reflect.get(target, name) as unknown),
    });
    await expect(moveToNewKey({ ...deps, db }, rewriter, { id: room, forgets: [words] })).rejects.toThrow();
    expect(await said()).toContain('and so we plan');
    expect((await row()).old_key_id).toBe(before.key_id);
    expect(await isDestroyed(before.key_id)).toBe(false);
    await forgetWords(deps, rewriter);
    expect(await isDestroyed(before.key_id)).toBe(true);
    expect((await row()).old_key_id).toBeNull();
    expect(await said()).toContain('and so we plan');
  });

  it('is read by whoever began to read before the key was gone', async () => {
    const { room, store, ask, gap, said } = await setTable();
    await gap();
    await ask();
    const reading = Promise.all(Array.from({ length: 5 }, () => store.load(room as RoomId)));
    await forgetWords(deps, rewriter);
    for (const state of await reading) expect(state).not.toBeNull();
    expect(await said()).toContain('and so we plan');
  });
});

import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Knex } from 'knex';
import type { DocumentId, Lineage, RoomId, SeatId } from '@longtable/shared/ids';
import { describeEachBackend } from '../../testing/backends.ts';
import { createTestDeps } from '../../testing/test-deps.ts';
import { createMemoryKeyring } from '../../platform/memory-keyring.ts';
import { createKnexUpdateStore } from './knex-update-store.ts';
import { createMemoryUpdateStore } from './memory-update-store.ts';
import { type StoreHarness, updateStoreContract } from './update-store.contract.ts';
import type { UpdateStore } from './update-store.ts';

describe('memory update store', () => {
  updateStoreContract(async () => {
    const store = createMemoryUpdateStore();
    return {
      store,
      addRoom: async (lineage) => {
        const id = randomUUID() as RoomId;
        const documentId = randomUUID() as DocumentId;
        store.addRoom({
          id,
          documentId,
          kind: 'plan',
          section: 'why',
          circleId: null,
          lineage,
          epoch: 1,
          headSeq: 0,
        });
        return id;
      },
      addSeat: async (room, canWrite) => {
        const seat = randomUUID() as SeatId;
        store.grant(room, seat, canWrite);
        return seat;
      },
      revoke: async (seat) => store.revoke(seat),
      setOpen: async (room, isOpen) => store.setOpen(room, isOpen),
    };
  });
});

describeEachBackend('knex update store', (backend) => {
  const keyring = createMemoryKeyring();
  const makeHarness = async (): Promise<StoreHarness> => {
    const deps = createTestDeps(backend.db, { keyring });
    const { db } = deps;
    const keyId = await keyring.createKey();
    const partnership_id = randomUUID();
    const document_id = randomUUID();
    const sealed = Buffer.alloc(1);
    const created_on = '2026-11-21';
    await db('partnerships').insert({
      id: partnership_id,
      key_id: keyId,
      title_sealed: sealed,
      template: 'full',
      locales: ['en'],
      created_on,
    });
    await db('documents').insert({ id: document_id, partnership_id, kind: 'plan' });
    return {
      store: createKnexUpdateStore(deps),
      async addRoom(lineage) {
        const id = randomUUID() as RoomId;
        await db('rooms').insert({
          id,
          document_id,
          section: `section-${id}`,
          circle_id: null,
          key_id: keyId,
          lineage,
        });
        return id;
      },
      async addSeat(room, canWrite) {
        // A grant covers a partnership or a circle; a circle of its own tells this room's readers from others'.
        const circle_id = randomUUID();
        const seat = randomUUID() as SeatId;
        const number = Math.floor(Math.random() * 1e9);
        await db('circles').insert({ id: circle_id, partnership_id, number, key_id: keyId });
        const known = (await db('rooms').where({ id: room }).first('circle_id')) as {
          circle_id: string | null;
        };
        const owner = known.circle_id ?? circle_id;
        await db('rooms').where({ id: room }).update({ circle_id: owner });
        await db('seats').insert({
          id: seat,
          partnership_id,
          circle_id: owner,
          role: 'member',
          state: 'seated',
          handle_sealed: sealed,
          created_on,
        });
        await db('grants').insert({
          id: randomUUID(),
          seat_id: seat,
          partnership_id,
          circle_id: owner,
          can_write: canWrite,
        });
        return seat;
      },
      revoke: async (seat) => void (await db('grants').where({ seat_id: seat }).update({ is_revoked: true })),
      setOpen: async (room, isOpen) =>
        void (await db('rooms').where({ id: room }).update({ is_open: isOpen })),
    };
  };

  updateStoreContract(makeHarness);

  it('R12 stores no byte of an update in clear', async () => {
    const harness = await makeHarness();
    const lineage = randomUUID() as never;
    const room = await harness.addRoom(lineage);
    const seat = await harness.addSeat(room, true);
    const canary = Buffer.from('a sentence that must not be found');
    await harness.store.commit([{ room, lineage, seats: [seat], bytes: canary }]);
    await harness.store.compact(room, lineage, 1, canary, canary);
    await harness.store.commit([{ room, lineage, seats: [seat], bytes: canary }]);
    const stored = (await backend.db.raw(
      `select u.update_sealed as bytes from room_updates u where u.room_id = ? union all
       select snapshot_sealed from rooms where id = ? union all select snapshot_vector_sealed from rooms where id = ?`,
      [room, room, room],
    )) as { rows: { bytes: Uint8Array }[] };
    expect(stored.rows).toHaveLength(3);
    for (const { bytes } of stored.rows) expect(Buffer.from(bytes).includes(canary)).toBe(false);
  });

  /** A room with a seat, and what the store asked of the database while something was done. */
  const seatedRoom = async () => {
    const harness = await makeHarness();
    const lineage = randomUUID() as Lineage;
    const room = await harness.addRoom(lineage);
    const seat = await harness.addSeat(room, true);
    const write = (value: number) => ({ room, lineage, seats: [seat], bytes: Uint8Array.of(value) });
    const queriesOf = async (action: () => Promise<unknown>): Promise<number> => {
      let queries = 0;
      const count = () => (queries += 1);
      backend.db.on('query', count);
      await action();
      backend.db.removeListener('query', count);
      return queries;
    };
    return { ...harness, room, seat, write, queriesOf };
  };
  const seqsIn = async (store: UpdateStore, room: RoomId) =>
    (await store.load(room))?.tail.map(({ seq, bytes }) => [seq, bytes[0]]);

  it('R2 commits a batch in one statement once it knows the rooms', async () => {
    const { store, room, write, queriesOf } = await seatedRoom();
    await store.commit([write(1)]);
    expect(await queriesOf(() => store.commit([write(2), write(3)]))).toBe(1);
    expect(await seqsIn(store, room)).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
  });

  it('R1 leaves no gap and no repeat where another node wrote in between', async () => {
    const { store, room, write } = await seatedRoom();
    const other = createKnexUpdateStore(createTestDeps(backend.db, { keyring }));
    await store.commit([write(1)]);
    await other.commit([write(2)]);
    expect(await store.commit([write(3)])).toEqual([{ ok: true, seq: 3 }]);
    expect(await other.commit([write(4)])).toEqual([{ ok: true, seq: 4 }]);
    expect((await seqsIn(store, room))?.map(([seq]) => seq)).toEqual([1, 2, 3, 4]);
  });

  it('R9 never reads the words of one lineage with the log of the next', async () => {
    const { store, room, write } = await seatedRoom();
    await store.commit([write(1)]);
    await store.compact(room, write(0).lineage, 1, Uint8Array.of(9));
    const after = randomUUID() as Lineage;
    let isRewritten = false;
    /** Right after the room's row was read, the room is rewritten and written in. */
    const db = {
      raw: async (...asked: Parameters<Knex['raw']>): Promise<unknown> => {
        const answer = (await backend.db.raw(...asked)) as unknown;
        if (isRewritten) return answer;
        isRewritten = true;
        await backend.db('rooms').where({ id: room }).update({ lineage: after });
        await store.commit([{ ...write(2), lineage: after }]);
        return answer;
      },
    } as Knex;
    const state = await createKnexUpdateStore({ db, keyring }).load(room);
    expect(isRewritten).toBe(true);
    const isNew = state?.room.lineage === after;
    expect(state?.tail.map(({ bytes }) => bytes[0])).toEqual(isNew ? [2] : []);
  });

  it.each([
    ['R7 a grant that is gone', 'notFound'],
    ['R8 a section that is closed', 'readOnly'],
    ['R9 a lineage that is of the past', 'lineageChanged'],
  ])('%s stops a batch that was sealed for the next place', async (_, code) => {
    const { store, room, seat, write, revoke, setOpen } = await seatedRoom();
    await store.commit([write(1)]);
    if (code === 'notFound') await revoke(seat);
    if (code === 'readOnly') await setOpen(room, false);
    if (code === 'lineageChanged')
      await backend.db('rooms').where({ id: room }).update({ lineage: randomUUID() });
    expect(await store.commit([write(2)])).toEqual([{ ok: false, code }]);
    expect(await backend.db('room_updates').where({ room_id: room }).pluck('seq')).toEqual([1]);
    expect(await backend.db('rooms').where({ id: room }).pluck('head_seq')).toEqual([1]);
  });

  it.each([
    ['R7 a revocation', 'grants', { is_revoked: true }, [{ ok: false, code: 'notFound' }]],
    ['R21 a closing', 'rooms', { is_open: false }, [{ ok: false, code: 'readOnly' }]],
    ['R11 a compaction', 'rooms', { snapshot_seq: 0 }, [{ ok: true, seq: 2 }]],
  ])('%s that a batch waits for counts', async (_, table, change, outcome) => {
    const { store, room, seat, write } = await seatedRoom();
    // It takes two connections to wait for each other.
    if ((backend.db.client as { pool: { max: number } }).pool.max < 2) return;
    await store.commit([write(1)]);
    const trx = await backend.db.transaction();
    await trx(table)
      .where(table === 'rooms' ? { id: room } : { seat_id: seat })
      .update(change);
    const committed = store.commit([write(2)]);
    const waits = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    while (((await backend.db.raw(waits)) as { rows: unknown[] }).rows.length === 0);
    await trx.commit();
    expect(await committed).toEqual(outcome);
  });
});

import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { DocumentId, RoomId, SeatId } from '@longtable/shared/ids';
import { describeEachBackend } from '../../testing/backends.ts';
import { createTestDeps } from '../../testing/test-deps.ts';
import { createKnexUpdateStore } from './knex-update-store.ts';
import { createMemoryUpdateStore } from './memory-update-store.ts';
import { type StoreHarness, updateStoreContract } from './update-store.contract.ts';

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
  const makeHarness = async (): Promise<StoreHarness> => {
    const deps = createTestDeps(backend.db);
    const { db, keyring } = deps;
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
    await harness.store.commit([{ room, lineage, seat, bytes: canary }]);
    await harness.store.compact(room, lineage, 1, canary);
    await harness.store.commit([{ room, lineage, seat, bytes: canary }]);
    const stored = (await backend.db.raw(
      `select u.update_sealed as bytes from room_updates u where u.room_id = ? union all select snapshot_sealed from rooms where id = ?`,
      [room, room],
    )) as { rows: { bytes: Uint8Array }[] };
    expect(stored.rows).toHaveLength(2);
    for (const { bytes } of stored.rows) expect(Buffer.from(bytes).includes(canary)).toBe(false);
  });
});

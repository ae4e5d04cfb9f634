import { randomUUID } from 'node:crypto';
import { beforeEach, expect, it } from '@jest/globals';
import type { Lineage, RoomId, SeatId } from '@longtable/shared/ids';
import type { UpdateStore, Write } from './update-store.ts';

/** A store and the hand that changes what lies around it. */
export interface StoreHarness {
  store: UpdateStore;
  addRoom(lineage: Lineage): Promise<RoomId>;
  /** A seat that may read the room, and write where told. */
  addSeat(room: RoomId, canWrite: boolean): Promise<SeatId>;
  revoke(seat: SeatId): Promise<void>;
  setOpen(room: RoomId, isOpen: boolean): Promise<void>;
}

const bytesOf = (...values: number[]) => Uint8Array.from(values);

/** What every update store must do, whatever it is made of. */
export function updateStoreContract(makeHarness: () => Promise<StoreHarness>): void {
  let harness: StoreHarness;
  let room: RoomId;
  let seat: SeatId;
  const lineage = randomUUID() as Lineage;
  const write = (bytes: Uint8Array, change: Partial<Write> = {}): Write => ({
    room,
    lineage,
    seats: [seat],
    bytes,
    ...change,
  });

  beforeEach(async () => {
    harness = await makeHarness();
    room = await harness.addRoom(lineage);
    seat = await harness.addSeat(room, true);
  });

  it('R1 gives each write of a room the next sequence and reads them back in order', async () => {
    const { store } = harness;
    expect(await store.commit([write(bytesOf(1)), write(bytesOf(2))])).toEqual([
      { ok: true, seq: 1 },
      { ok: true, seq: 2 },
    ]);
    expect(await store.commit([write(bytesOf(0, 255))])).toEqual([{ ok: true, seq: 3 }]);
    const state = await store.load(room);
    expect(state?.room.headSeq).toBe(3);
    expect(state?.tail.map((update) => [update.seq, [...update.bytes]])).toEqual([
      [1, [1]],
      [2, [2]],
      [3, [0, 255]],
    ]);
    expect((await store.readSince(room, lineage, 2))?.map((update) => update.seq)).toEqual([3]);
  });

  it('R1 counts each room apart', async () => {
    const other = await harness.addRoom(lineage);
    const guest = await harness.addSeat(other, true);
    const results = await harness.store.commit([
      write(bytesOf(1)),
      write(bytesOf(2), { room: other, seats: [guest] }),
      write(bytesOf(3)),
    ]);
    expect(results).toEqual([
      { ok: true, seq: 1 },
      { ok: true, seq: 1 },
      { ok: true, seq: 2 },
    ]);
  });

  it('R7 refuses a write without a grant and commits the rest of the batch', async () => {
    const reader = await harness.addSeat(room, false);
    const stranger = randomUUID() as SeatId;
    const results = await harness.store.commit([
      write(bytesOf(1), { seats: [reader] }),
      write(bytesOf(2)),
      write(bytesOf(3), { seats: [stranger] }),
      write(bytesOf(4), { room: randomUUID() as RoomId }),
    ]);
    expect(results).toEqual([
      { ok: false, code: 'notFound' },
      { ok: true, seq: 1 },
      { ok: false, code: 'notFound' },
      { ok: false, code: 'notFound' },
    ]);
    expect((await harness.store.load(room))?.tail).toHaveLength(1);
  });

  it('R7 commits nothing of a seat once its revocation has returned', async () => {
    await harness.revoke(seat);
    expect(await harness.store.commit([write(bytesOf(1))])).toEqual([{ ok: false, code: 'notFound' }]);
    expect(await harness.store.accessFor([{ seat, room }])).toEqual([]);
  });

  it('R8 refuses writes to a closed section, which may still be read', async () => {
    await harness.setOpen(room, false);
    expect(await harness.store.commit([write(bytesOf(1))])).toEqual([{ ok: false, code: 'readOnly' }]);
    expect(await harness.store.accessFor([{ seat, room }])).toMatchObject([{ canWrite: false }]);
  });

  it('R9 refuses writes of another lineage', async () => {
    const results = await harness.store.commit([write(bytesOf(1), { lineage: randomUUID() as Lineage })]);
    expect(results).toEqual([{ ok: false, code: 'lineageChanged' }]);
  });

  it('R10 names only the rooms that a seat may read', async () => {
    const other = await harness.addRoom(lineage);
    const reader = await harness.addSeat(other, false);
    const rooms = [room, other, other, randomUUID() as RoomId];
    const access = await harness.store.accessFor([
      { seat, room },
      { seat, room: other },
      ...rooms.map((id) => ({ seat: reader, room: id })),
    ]);
    const found = new Set(access.map((each) => [each.seat, each.room.id, each.canWrite].join()));
    expect(found).toEqual(new Set([[seat, room, true].join(), [reader, other, false].join()]));
  });

  it('R11 compacts what was committed, and loses nothing after it', async () => {
    const { store } = harness;
    await store.commit([write(bytesOf(1)), write(bytesOf(2)), write(bytesOf(3))]);
    expect(await store.compact(room, lineage, 4, bytesOf(9))).toBe(false);
    expect(await store.compact(room, randomUUID() as Lineage, 2, bytesOf(9))).toBe(false);
    expect(await store.compact(room, lineage, 2, bytesOf(9, 9), bytesOf(7))).toBe(true);
    await store.commit([write(bytesOf(4))]);
    const state = await store.load(room);
    expect([...(state?.snapshot ?? [])]).toEqual([9, 9]);
    expect([...(state?.vector ?? [])]).toEqual([7]);
    expect(state?.snapshotSeq).toBe(2);
    expect(state?.tail.map((update) => update.seq)).toEqual([3, 4]);
    expect(state?.room.headSeq).toBe(4);
  });

  it('R11 takes no snapshot that is behind the one it has: the rows between are gone', async () => {
    const { store } = harness;
    await store.commit([write(bytesOf(1)), write(bytesOf(2)), write(bytesOf(3))]);
    expect(await store.compact(room, lineage, 3, bytesOf(9, 9))).toBe(true);
    expect(await store.compact(room, lineage, 2, bytesOf(8))).toBe(false);
    expect(await store.compact(room, lineage, 3, bytesOf(8))).toBe(false);
    const state = await store.load(room);
    expect([...(state?.snapshot ?? [])]).toEqual([9, 9]);
    expect(state?.vector).toBeNull();
    expect(state?.snapshotSeq).toBe(3);
  });

  it('R9 reads no log of another lineage: it goes on from other words', async () => {
    await harness.store.commit([write(bytesOf(1))]);
    expect(await harness.store.readSince(room, randomUUID() as Lineage, 0)).toBeNull();
    expect(await harness.store.readSince(room, lineage, 0)).toHaveLength(1);
  });

  it('knows no room that does not exist', async () => {
    expect(await harness.store.load(randomUUID() as RoomId)).toBeNull();
    expect(await harness.store.readSince(randomUUID() as RoomId, lineage, 0)).toBeNull();
  });

  it('R1 takes a hundred writers at once without a gap, a repeat or a deadlock', async () => {
    const other = await harness.addRoom(lineage);
    const guest = await harness.addSeat(other, true);
    const batches = Array.from({ length: 50 }, (_, index) =>
      harness.store.commit(
        index % 2 === 0
          ? [write(bytesOf(1)), write(bytesOf(2), { room: other, seats: [guest] })]
          : [write(bytesOf(3), { room: other, seats: [guest] }), write(bytesOf(4))],
      ),
    );
    await Promise.all(batches);
    for (const id of [room, other]) {
      const seqs = (await harness.store.load(id))?.tail.map((update) => update.seq);
      expect(seqs).toEqual(Array.from({ length: 50 }, (_, index) => index + 1));
    }
  });
}

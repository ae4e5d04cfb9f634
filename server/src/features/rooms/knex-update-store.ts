import { LongtableError } from '@longtable/shared/errors';
import type { CircleId, RoomId } from '@longtable/shared/ids';
import type { Db, Deps } from '../../platform/deps.ts';
import { isKeyGone, KeyDestroyedError, type KeyId } from '../../platform/keyring.ts';
import { RoomHeads } from './room-heads.ts';
import { sealSnapshot, snapshotContext, updateContext, vectorContext } from './room-seals.ts';
import {
  advanceHeads,
  commitAt,
  findHeads,
  findPlace,
  findReadableRooms,
  findRoom,
  findUpdates,
  insertUpdates,
  lockRooms,
  lockWriteGrants,
  type RoomHead,
  type RoomRow,
  storeSnapshot,
  type UpdateRow,
} from './rooms.repository.ts';
import type {
  RoomRecord,
  StoredState,
  StoredUpdate,
  UpdateStore,
  Write,
  WriteResult,
} from './update-store.ts';

/** Log rows read at once: 100,000 rows in one answer stop PGlite's event loop for two seconds. */
const PAGE_ROWS = 2_000;

/** A room that compactions overtake this often while it is read has another trouble: rows are missing. */
const MAX_READS = 10;

const toRecord = (row: RoomRow): RoomRecord => ({
  id: row.id,
  documentId: row.document_id,
  kind: row.kind,
  section: row.section,
  circleId: row.circle_id,
  lineage: row.lineage,
  epoch: row.epoch,
  headSeq: row.head_seq,
});

/** Null where the room has moved to a new key since its row was read: whoever asks then reads the row again. */
async function orMoved<Result>(read: () => Promise<Result>): Promise<Result | null> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof KeyDestroyedError) return null;
    throw error;
  }
}

/** The durable store: sealed rows in PGlite or PostgreSQL. */
export function createKnexUpdateStore({ db, keyring }: Pick<Deps, 'db' | 'keyring'>): UpdateStore {
  const openRows = (room: RoomId, circle: CircleId | null, rows: UpdateRow[]): Promise<StoredUpdate[]> =>
    Promise.all(
      rows.map(async ({ seq, update_sealed }) => ({
        seq,
        bytes: await keyring.open(updateContext(room, seq, circle), update_sealed),
      })),
    );

  const readTail = async (
    from: Db,
    room: Pick<RoomRow, 'id' | 'circle_id' | 'lineage'>,
    afterSeq: number,
  ): Promise<StoredUpdate[]> => {
    const tail: StoredUpdate[] = [];
    for (;;) {
      const page = await findUpdates(from, room, tail.at(-1)?.seq ?? afterSeq, PAGE_ROWS);
      tail.push(...(await openRows(room.id, room.circle_id, page)));
      if (page.length < PAGE_ROWS) return tail;
    }
  };

  /** Null where a compaction took rows away between the reads. */
  const readState = async (row: RoomRow): Promise<StoredState | null> => {
    const { id, circle_id: circle, snapshot_seq: snapshotSeq } = row;
    const tail = await readTail(db, row, snapshotSeq);
    const isWhole = tail.every((update, index) => update.seq === snapshotSeq + 1 + index);
    if (!isWhole || snapshotSeq + tail.length < row.head_seq) return null;
    const { snapshot_sealed, snapshot_vector_sealed } = row;
    // With nothing to open, whoever sits down there would find out by writing.
    if (!snapshot_sealed && tail.length === 0 && (await isKeyGone(keyring, row.key_id)))
      throw new KeyDestroyedError();
    return {
      room: { ...toRecord(row), headSeq: tail.at(-1)?.seq ?? snapshotSeq },
      snapshot: snapshot_sealed && (await keyring.open(snapshotContext(id, circle), snapshot_sealed)),
      vector:
        snapshot_vector_sealed && (await keyring.open(vectorContext(id, circle), snapshot_vector_sealed)),
      snapshotSeq,
      tail,
    };
  };

  /**
   * Reads again where the room moves to a new key or is compacted meanwhile; null where there is no such room.
   * @throws LongtableError unreadable where its key is gone for good, as after a restore of an older database
   */
  const readSteadily = async <Row extends { key_id: KeyId }, Result>(
    id: RoomId,
    find: () => Promise<Row | undefined>,
    read: (row: Row) => Promise<Result | null>,
  ): Promise<Result | null> => {
    for (let reads = 0, goneKey: KeyId | null = null; reads < MAX_READS; reads++) {
      const row = await find();
      if (!row) return null;
      if (row.key_id === goneKey) throw new LongtableError('unreadable');
      const result = await read(row).catch((error: unknown) => {
        if (!(error instanceof KeyDestroyedError)) throw error;
        goneKey = row.key_id;
        return null;
      });
      if (result) return result;
    }
    throw new Error(`the log of room ${id} does not follow on from its snapshot`);
  };

  const heads = new RoomHeads();

  /** Seals the writes for the places that they would have if nobody else had written; null where somebody had. */
  const commitAtHeads = async (writes: readonly Write[]): Promise<WriteResult[] | null> => {
    const ids = new Set(writes.map(({ room }) => room));
    const known = heads.guess(ids);
    if (!known || writes.some(({ room, lineage }) => known.get(room)?.lineage !== lineage)) return null;
    for (const { room, on } of writes) {
      const head = known.get(room)!;
      // The copy has heard of what other nodes wrote since we did.
      if (on && on.seq > head.head_seq) known.set(room, { ...head, head_seq: on.seq });
    }
    // Where the database then agrees on the head, the copy was at the head, and the writes were tried on all before.
    if (writes.some(({ room, on }) => on && (on.seq !== known.get(room)!.head_seq || !on.stands())))
      return null;
    const next = new Map([...known].map(([id, { head_seq }]) => [id, head_seq]));
    const placing = Promise.all(
      writes.map(async ({ room, seats, bytes }) => {
        const seq = (next.get(room) ?? 0) + 1;
        next.set(room, seq);
        const { key_id, circle_id } = known.get(room)!;
        return {
          room,
          seats,
          seq,
          sealed: await keyring.seal(key_id, updateContext(room, seq, circle_id), bytes),
        };
      }),
    );
    const placed = await orMoved(() => placing);
    // Forgotten first: while the answer is on its way, or where it is lost, nobody knows where the rooms stand.
    heads.forget(ids, false);
    if (!placed || !(await commitAt(db, known, placed))) {
      heads.forget(ids, true);
      return null;
    }
    for (const head of known.values())
      heads.remember({ ...head, head_seq: next.get(head.id) ?? head.head_seq });
    return placed.map(({ seq }) => ({ ok: true, seq }));
  };

  return {
    accessFor: async (asked) =>
      (await findReadableRooms(db, asked)).map((row) => ({
        seat: row.seat_id,
        room: toRecord(row),
        canWrite: row.can_write && row.is_open,
        isOpen: row.is_open,
      })),

    progressOf: async (rooms) =>
      (await findHeads(db, rooms)).map((row) => ({
        id: row.id,
        lineage: row.lineage,
        epoch: row.epoch,
        headSeq: row.head_seq,
        isOpen: row.is_open,
      })),

    load: (id) => readSteadily(id, () => findRoom(db, id), readState),

    readSince: (id, lineage, afterSeq) =>
      readSteadily(
        id,
        async () => {
          const row = await findPlace(db, id);
          return row?.lineage === lineage ? row : undefined;
        },
        (row) => readTail(db, row, afterSeq),
      ),

    async commit(writes) {
      const committed = await commitAtHeads(writes);
      if (committed) return committed;
      const moved: RoomHead[] = [];
      const results = await db.transaction(async (trx) => {
        const granted = new Set(
          (
            await lockWriteGrants(
              trx,
              writes.flatMap(({ room, seats }) => seats.map(() => room)),
              writes.flatMap(({ seats }) => seats),
            )
          ).map((pair) => `${pair.room_id}/${pair.seat_id}`),
        );
        const rooms = new Map(
          (await lockRooms(trx, [...new Set(writes.map((w) => w.room))])).map((row) => [row.id, row]),
        );
        for (const { room: id, lineage, on } of writes) {
          const room = rooms.get(id);
          if (!room || !on || room.lineage !== lineage || on.seq === room.head_seq || !on.stands()) continue;
          on.catchUp(await readTail(trx, room, on.seq), room.head_seq);
        }
        const newHeads = new Map<RoomId, number>();
        const inserts: Promise<{ room: RoomId; seq: number; sealed: Buffer }>[] = [];
        const results = writes.map(({ room: id, lineage, seats, bytes, on }: Write): WriteResult => {
          const room = rooms.get(id);
          if (!room || !seats.every((seat) => granted.has(`${id}/${seat}`)))
            return { ok: false, code: 'notFound' };
          if (!room.is_open) return { ok: false, code: 'readOnly' };
          if (room.lineage !== lineage) return { ok: false, code: 'lineageChanged' };
          if (on && (on.seq !== room.head_seq || !on.stands())) return { ok: false, code: 'unavailable' };
          const seq = (newHeads.get(id) ?? room.head_seq) + 1;
          newHeads.set(id, seq);
          const context = updateContext(id, seq, room.circle_id);
          inserts.push(
            keyring.seal(room.key_id, context, bytes).then((sealed) => ({ room: id, seq, sealed })),
          );
          return { ok: true, seq };
        });
        if (inserts.length > 0) {
          await insertUpdates(trx, await Promise.all(inserts));
          await advanceHeads(trx, newHeads);
        }
        for (const [id, head_seq] of newHeads) moved.push({ ...rooms.get(id)!, head_seq });
        return results;
      });
      for (const head of moved) heads.remember(head);
      return results;
    },

    compact: (id, lineage, uptoSeq, snapshot, vector) =>
      db.transaction(async (trx) => {
        const [room] = await lockRooms(trx, [id]);
        if (!room || room.lineage !== lineage) return false;
        // Not behind another node's snapshot: its rows are gone, and ours would leave a hole after itself.
        if (uptoSeq <= room.snapshot_seq || uptoSeq > room.head_seq) return false;
        await storeSnapshot(trx, id, uptoSeq, await sealSnapshot(keyring, room, { snapshot, vector }));
        return true;
      }),
  };
}

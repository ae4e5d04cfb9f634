import type { CircleId, RoomId } from '@longtable/shared/ids';
import type { Deps } from '../../platform/deps.ts';
import type { SealContext } from '../../platform/keyring.ts';
import {
  advanceHeads,
  findReadableRooms,
  findRoom,
  findUpdates,
  insertUpdates,
  lockRooms,
  lockWriteGrants,
  type RoomRow,
  storeSnapshot,
  type UpdateRow,
} from './rooms.repository.ts';
import type { RoomRecord, StoredUpdate, UpdateStore, Write, WriteResult } from './update-store.ts';

/** Log rows read at once: 100,000 rows in one answer stop PGlite's event loop for two seconds. */
const PAGE_ROWS = 2_000;

/** A room that compactions overtake this often while it is read has another trouble: rows are missing. */
const MAX_READS = 10;

const audienceOf = (circle: CircleId | null) => (circle === null ? 'partnership' : `circle:${circle}`);

const updateContext = (room: RoomId, seq: number, circle: CircleId | null): SealContext => ({
  table: 'room_updates',
  column: 'update',
  row: `${room}/${seq}`,
  audience: audienceOf(circle),
});

const snapshotContext = (room: RoomId, circle: CircleId | null): SealContext => ({
  table: 'rooms',
  column: 'snapshot',
  row: room,
  audience: audienceOf(circle),
});

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
    room: RoomId,
    circle: CircleId | null,
    afterSeq: number,
  ): Promise<StoredUpdate[]> => {
    const tail: StoredUpdate[] = [];
    for (;;) {
      const page = await findUpdates(db, room, tail.at(-1)?.seq ?? afterSeq, PAGE_ROWS);
      tail.push(...(await openRows(room, circle, page)));
      if (page.length < PAGE_ROWS) return tail;
    }
  };

  return {
    accessFor: async (seat, rooms) =>
      (await findReadableRooms(db, seat, rooms)).map((row) => ({
        room: toRecord(row),
        canWrite: row.can_write && row.is_open,
      })),

    async load(id) {
      // A compaction between the reads takes rows away: a hole shows it, and we read again.
      for (let reads = 0; reads < MAX_READS; reads++) {
        const row = await findRoom(db, id);
        if (!row) return null;
        const tail = await readTail(id, row.circle_id, row.snapshot_seq);
        const isWhole = tail.every((update, index) => update.seq === row.snapshot_seq + 1 + index);
        if (!isWhole || row.snapshot_seq + tail.length < row.head_seq) continue;
        const snapshot =
          row.snapshot_sealed &&
          (await keyring.open(snapshotContext(id, row.circle_id), row.snapshot_sealed));
        const headSeq = tail.at(-1)?.seq ?? row.snapshot_seq;
        return { room: { ...toRecord(row), headSeq }, snapshot, snapshotSeq: row.snapshot_seq, tail };
      }
      throw new Error(`the log of room ${id} does not follow on from its snapshot`);
    },

    async readSince(id, afterSeq) {
      const row = await findRoom(db, id);
      return row ? readTail(id, row.circle_id, afterSeq) : [];
    },

    commit: (writes) =>
      db.transaction(async (trx) => {
        const granted = new Set(
          (
            await lockWriteGrants(
              trx,
              writes.map((write) => write.room),
              writes.map((write) => write.seat),
            )
          ).map((pair) => `${pair.room_id}/${pair.seat_id}`),
        );
        const rooms = new Map(
          (await lockRooms(trx, [...new Set(writes.map((w) => w.room))])).map((row) => [row.id, row]),
        );
        const heads = new Map<RoomId, number>();
        const inserts: Promise<{ room: RoomId; seq: number; sealed: Buffer }>[] = [];
        const results = writes.map(({ room: id, lineage, seat, bytes }: Write): WriteResult => {
          const room = rooms.get(id);
          if (!room || !granted.has(`${id}/${seat}`)) return { ok: false, code: 'notFound' };
          if (!room.is_open) return { ok: false, code: 'readOnly' };
          if (room.lineage !== lineage) return { ok: false, code: 'lineageChanged' };
          const seq = (heads.get(id) ?? room.head_seq) + 1;
          heads.set(id, seq);
          const context = updateContext(id, seq, room.circle_id);
          inserts.push(
            keyring.seal(room.key_id, context, bytes).then((sealed) => ({ room: id, seq, sealed })),
          );
          return { ok: true, seq };
        });
        if (inserts.length > 0) {
          await insertUpdates(trx, await Promise.all(inserts));
          await advanceHeads(trx, heads);
        }
        return results;
      }),

    compact: (id, lineage, uptoSeq, snapshot) =>
      db.transaction(async (trx) => {
        const [room] = await lockRooms(trx, [id]);
        if (!room || room.lineage !== lineage || room.head_seq !== uptoSeq) return false;
        const sealed = await keyring.seal(room.key_id, snapshotContext(id, room.circle_id), snapshot);
        await storeSnapshot(trx, id, uptoSeq, sealed);
        return true;
      }),
  };
}

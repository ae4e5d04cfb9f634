import type { DocumentKind } from '@longtable/shared/documents/template';
import type { CircleId, DocumentId, Lineage, RoomId, SeatId } from '@longtable/shared/ids';
import type { Db } from '../../platform/deps.ts';
import type { KeyId } from '../../platform/keyring.ts';

export interface RoomRow {
  id: RoomId;
  document_id: DocumentId;
  kind: DocumentKind;
  section: string;
  circle_id: CircleId | null;
  key_id: KeyId;
  lineage: Lineage;
  epoch: number;
  is_open: boolean;
  head_seq: number;
  snapshot_seq: number;
  snapshot_sealed: Uint8Array | null;
  /** Null also where the snapshot was stored by an earlier version. */
  snapshot_vector_sealed: Uint8Array | null;
}

export type SealedSnapshot = Pick<RoomRow, 'snapshot_sealed' | 'snapshot_vector_sealed'>;

export interface UpdateRow {
  seq: number;
  update_sealed: Uint8Array;
}

const roomColumns = `r.id, r.document_id, d.kind, r.section, r.circle_id, r.key_id, r.lineage, r.epoch, r.is_open,
  r.head_seq, r.snapshot_seq`;

/** A grant covers a room when it names the room's partnership and the same circle, or none where the room has none. */
const grantCoversRoom =
  'g.partnership_id = d.partnership_id and g.circle_id is not distinct from r.circle_id';

/** @param name of a statement that is asked many times a second: PostgreSQL then plans it once for each connection */
async function rows<Row>(db: Db, sql: string, bindings: readonly unknown[], name?: string): Promise<Row[]> {
  const query = db.raw(sql, bindings as never);
  const result = (await (name ? query.options({ name }) : query)) as { rows: Row[] };
  return result.rows;
}

export const findRoom = async (db: Db, room: RoomId): Promise<RoomRow | undefined> =>
  (
    await rows<RoomRow>(
      db,
      `select ${roomColumns}, r.snapshot_sealed, r.snapshot_vector_sealed
       from rooms r join documents d on d.id = r.document_id where r.id = ?`,
      [room],
    )
  )[0];

/**
 * Updates after a sequence, in order, at most `limit`: reading a long log at once would stall the process. Of a room
 * that was rewritten under another lineage, none: they go on from other words.
 */
export const findUpdates = (
  db: Db,
  { id, lineage }: Pick<RoomRow, 'id' | 'lineage'>,
  afterSeq: number,
  limit: number,
): Promise<UpdateRow[]> =>
  rows(
    db,
    `select u.seq, u.update_sealed from room_updates u join rooms r on r.id = u.room_id
     where u.room_id = ? and r.lineage = ? and u.seq > ? order by u.seq limit ?`,
    [id, lineage, afterSeq, limit],
  );

/** Asked every other second of every open room: no join, no words. */
export const findHeads = (
  db: Db,
  roomIds: readonly RoomId[],
): Promise<Pick<RoomRow, 'id' | 'lineage' | 'epoch' | 'head_seq' | 'is_open'>[]> =>
  rows(db, 'select id, lineage, epoch, head_seq, is_open from rooms where id = any(?::uuid[])', [roomIds]);

/** A room without its words. */
export const findPlace = async (
  db: Db,
  room: RoomId,
): Promise<Pick<RoomRow, 'id' | 'circle_id' | 'key_id' | 'lineage'> | undefined> =>
  (
    await rows<Pick<RoomRow, 'id' | 'circle_id' | 'key_id' | 'lineage'>>(
      db,
      'select id, circle_id, key_id, lineage from rooms where id = ?',
      [room],
    )
  )[0];

export type RoomPlaceRow = Pick<RoomRow, 'id' | 'kind' | 'section' | 'circle_id'>;

export const findPlaces = (db: Db, keys: readonly KeyId[]): Promise<RoomPlaceRow[]> =>
  rows(
    db,
    `select r.id, d.kind, r.section, r.circle_id from rooms r join documents d on d.id = r.document_id
     where r.key_id = any(?::uuid[]) order by d.id, r.section, r.id`,
    [keys],
  );

export const findKeyId = async (db: Db, room: RoomId): Promise<KeyId | null> =>
  (await rows<{ key_id: KeyId }>(db, 'select key_id from rooms where id = ?', [room]))[0]?.key_id ?? null;

/** Those among pairs of seat and room where the seat may read the room, with its right to write there now. */
export const findReadableRooms = (
  db: Db,
  asked: readonly { seat: SeatId; room: RoomId }[],
): Promise<(RoomRow & { seat_id: SeatId; can_write: boolean })[]> =>
  rows(
    db,
    `select ${roomColumns}, g.seat_id, g.can_write
     from (select distinct * from unnest(?::uuid[], ?::uuid[])) as w(seat_id, room_id)
     join rooms r on r.id = w.room_id
     join documents d on d.id = r.document_id
     join grants g on g.seat_id = w.seat_id and ${grantCoversRoom}
     where not g.is_revoked`,
    [asked.map(({ seat }) => seat), asked.map(({ room }) => room)],
  );

/** Locks, shared and in id order, the grants that let each (room, seat) write, and returns the pairs that hold. */
export const lockWriteGrants = (
  trx: Db,
  roomIds: readonly RoomId[],
  seatIds: readonly SeatId[],
): Promise<{ room_id: RoomId; seat_id: SeatId }[]> =>
  rows(
    trx,
    `select r.id as room_id, g.seat_id from unnest(?::uuid[], ?::uuid[]) as w(room_id, seat_id)
     join rooms r on r.id = w.room_id
     join documents d on d.id = r.document_id
     join grants g on g.seat_id = w.seat_id and ${grantCoversRoom}
     where g.can_write and not g.is_revoked
     order by g.id for share of g`,
    [roomIds, seatIds],
  );

/** Locks rooms in id order: in arrival order two batches deadlock, in id order they cannot. */
export const lockRooms = (trx: Db, roomIds: readonly RoomId[]): Promise<LockedRoom[]> =>
  rows(
    trx,
    `select id, circle_id, key_id, lineage, epoch, is_open, head_seq, snapshot_seq from rooms
     where id = any(?::uuid[]) order by id for update`,
    [roomIds],
  );

export type LockedRoom = Pick<
  RoomRow,
  'id' | 'circle_id' | 'key_id' | 'lineage' | 'epoch' | 'is_open' | 'head_seq' | 'snapshot_seq'
>;

/** Only ever under `lockRooms`: a write that waits for the lock then sees what was set. */
export const setOpen = async (trx: Db, roomIds: readonly RoomId[], isOpen: boolean): Promise<void> => {
  await trx('rooms').whereIn('id', roomIds).update({ is_open: isOpen });
};

export const insertUpdates = async (
  trx: Db,
  updates: readonly { room: RoomId; seq: number; sealed: Buffer }[],
): Promise<void> => {
  await trx.raw(
    `insert into room_updates (room_id, seq, update_sealed) select * from unnest(?::uuid[], ?::bigint[], ?::bytea[])`,
    [updates.map((u) => u.room), updates.map((u) => u.seq), updates.map((u) => u.sealed)] as never,
  );
};

export const advanceHeads = async (trx: Db, heads: ReadonlyMap<RoomId, number>): Promise<void> => {
  await trx.raw(
    `update rooms set head_seq = w.head from unnest(?::uuid[], ?::bigint[]) as w(id, head) where rooms.id = w.id`,
    [[...heads.keys()], [...heads.values()]] as never,
  );
};

/** A room as it was when somebody last looked. */
export type RoomHead = Pick<RoomRow, 'id' | 'circle_id' | 'key_id' | 'lineage' | 'head_seq'>;

/** One write with its place in the log, sealed for just that place. */
export interface PlacedUpdate {
  room: RoomId;
  seats: readonly SeatId[];
  seq: number;
  sealed: Buffer;
}

/**
 * All of a batch in one statement, which is a transaction of its own; or nothing of it, and false, where any grant is
 * gone or any room is not as `heads` say. It takes the same locks in the same order as `lockWriteGrants` and
 * `lockRooms`: whoever waits for a lock here looks at the row again as it is then. Six trips to the database become
 * one, which is a third of what the server spends on a delivery.
 */
export const commitAt = async (
  db: Db,
  heads: ReadonlyMap<RoomId, RoomHead>,
  updates: readonly PlacedUpdate[],
): Promise<boolean> => {
  const known = [...heads.values()];
  const writers = new Map(
    updates.flatMap(({ room, seats }) => seats.map((seat) => [`${room}/${seat}`, { room, seat }])),
  );
  const pairs = [...writers.values()];
  const newHeads = new Map(updates.map(({ room, seq }) => [room, seq]));
  const [answer] = await rows<{ moved: number }>(
    db,
    `with written as materialized (
       select * from unnest(?::uuid[], ?::bigint[], ?::bytea[]) as w(room_id, seq, update_sealed)
     ), granted as materialized (
       select g.id from unnest(?::uuid[], ?::uuid[]) as w(room_id, seat_id)
       join rooms r on r.id = w.room_id
       join documents d on d.id = r.document_id
       join grants g on g.seat_id = w.seat_id and ${grantCoversRoom}
       where g.can_write and not g.is_revoked
       order by g.id for share of g
     ), locked as materialized (
       select r.id, h.new_head from rooms r
       join unnest(?::uuid[], ?::uuid[], ?::uuid[], ?::uuid[], ?::bigint[], ?::bigint[])
         as h(id, circle_id, key_id, lineage, head_seq, new_head) on h.id = r.id
       where (select count(*) from granted) = ?
         and r.is_open and r.head_seq = h.head_seq and r.lineage = h.lineage and r.key_id = h.key_id
         and r.circle_id is not distinct from h.circle_id
       order by r.id for update of r
     ), added as (
       insert into room_updates (room_id, seq, update_sealed)
       select room_id, seq, update_sealed from written where (select count(*) from locked) = ?
     ), moved as (
       update rooms set head_seq = locked.new_head from locked
       where rooms.id = locked.id and (select count(*) from locked) = ? returning rooms.id
     )
     select count(*)::int as moved from moved`,
    [
      updates.map((u) => u.room),
      updates.map((u) => u.seq),
      updates.map((u) => u.sealed),
      pairs.map(({ room }) => room),
      pairs.map(({ seat }) => seat),
      known.map((head) => head.id),
      known.map((head) => head.circle_id),
      known.map((head) => head.key_id),
      known.map((head) => head.lineage),
      known.map((head) => head.head_seq),
      known.map((head) => newHeads.get(head.id) ?? head.head_seq),
      pairs.length,
      known.length,
      known.length,
    ],
    'commit-at-heads',
  );
  return answer?.moved === known.length;
};

export const storeSnapshot = async (
  trx: Db,
  room: RoomId,
  uptoSeq: number,
  sealed: SealedSnapshot,
): Promise<void> => {
  await trx('rooms')
    .where({ id: room })
    .update({ snapshot_seq: uptoSeq, ...sealed });
  await trx('room_updates').where({ room_id: room }).andWhere('seq', '<=', uptoSeq).delete();
};

export const findRoomsOfDocument = (db: Db, document: DocumentId): Promise<RoomRow[]> =>
  rows(
    db,
    `select ${roomColumns} from rooms r join documents d on d.id = r.document_id where r.document_id = ?`,
    [document],
  );

/** The joint rooms of these documents, without a word of them. */
export const findJointRooms = (db: Db, documents: readonly DocumentId[]): Promise<RoomRow[]> =>
  rows(
    db,
    `select ${roomColumns} from rooms r join documents d on d.id = r.document_id
     where r.document_id = any(?::uuid[]) and r.circle_id is null`,
    [documents],
  );

export interface NewRoom {
  id: RoomId;
  document_id: DocumentId;
  section: string;
  circle_id: CircleId | null;
  key_id: KeyId;
  lineage: Lineage;
}

/** Two people may open a document for the first time at once: the second insert of a place changes nothing. */
export const insertRooms = async (db: Db, newRooms: readonly NewRoom[]): Promise<void> => {
  if (newRooms.length > 0)
    await db('rooms').insert(newRooms).onConflict(db.raw('(document_id, section, circle_id)')).ignore();
};

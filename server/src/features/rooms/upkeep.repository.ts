import type { Lineage, RoomId } from '@longtable/shared/ids';
import type { Db } from '../../platform/deps.ts';
import type { KeyId } from '../../platform/keyring.ts';
import type { SealedSnapshot } from './rooms.repository.ts';

/**
 * Notes, of rooms that were written in since they were last flat, where they stand today: of so many in id order after
 * one. What somebody is writing to at this moment is locked, and looked at next time: this waits for nobody,
 * and others for one short statement. Returns the last of them, or null where there are no more.
 */
export const noteQuiet = async (
  db: Db,
  today: string,
  { after, most }: { after: RoomId | null; most: number },
): Promise<RoomId | null> => {
  const { rows } = (await db.raw(
    `with found as materialized (
       select id from rooms where head_seq > flat_seq and quiet_seq is distinct from head_seq
         and (?::uuid is null or id > ?::uuid)
       order by id limit ? for update skip locked
     ), noted as (
       update rooms set quiet_seq = head_seq, quiet_on = ? where id in (select id from found)
     )
     select id from found order by id`,
    [after, after, most, today] as never,
  )) as { rows: { id: RoomId }[] };
  return rows.length < most ? null : rows.at(-1)!.id;
};

export interface IdleOptions {
  today: string;
  /** Rooms that may be written are idle when they stood like this on that day already; read-only ones a day later. */
  quietSince: { open: string; readOnly: string };
  most: number;
}

/** Takes rooms that are due, each on one node and once a day, whatever comes of it. */
export const takeIdle = async (db: Db, { today, quietSince, most }: IdleOptions): Promise<RoomId[]> => {
  const { rows } = (await db.raw(
    `update rooms set tried_on = ? where id in (
       select id from rooms
       where head_seq > flat_seq and quiet_seq = head_seq
         and quiet_on <= case when is_open then ?::date else ?::date end
         and (tried_on is null or tried_on < ?)
       order by id limit ? for update skip locked)
     returning id`,
    [today, quietSince.open, quietSince.readOnly, today, most],
  )) as { rows: { id: RoomId }[] };
  return rows.map(({ id }) => id);
};

/** Only ever under `lockRooms`, with a snapshot of all that the room holds. */
export const startLineage = async (
  trx: Db,
  room: RoomId,
  { lineage, headSeq, ...sealed }: SealedSnapshot & { lineage: Lineage; headSeq: number },
): Promise<void> => {
  await trx('rooms')
    .where({ id: room })
    .update({ lineage, snapshot_seq: headSeq, flat_seq: headSeq, ...sealed });
  await trx('room_updates').where({ room_id: room }).delete();
};

/** Only ever under `lockRooms`. Its numbers go on, so that whoever saw the room before takes this for something later. */
export const startEmpty = async (
  trx: Db,
  room: RoomId,
  { keyId, lineage }: { keyId: KeyId; lineage: Lineage },
): Promise<void> => {
  await trx('rooms')
    .where({ id: room })
    .update({
      key_id: keyId,
      lineage,
      epoch: trx.raw('epoch + 1'),
      snapshot_seq: trx.ref('head_seq'),
      flat_seq: trx.ref('head_seq'),
      snapshot_sealed: null,
      snapshot_vector_sealed: null,
      forgets: null,
    });
  await trx('room_updates').where({ room_id: room }).delete();
};

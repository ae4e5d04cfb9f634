import { randomUUID } from 'node:crypto';
import type { SeatId } from '@longtable/shared/ids';
import type { Db } from '../../platform/deps.ts';
import type { HolderId, SessionId, SessionRow } from './people.repository.ts';

/** Held until the transaction ends: two tabs of one phone change it one after the other. */
export const lockSession = (trx: Db, id: SessionId): Promise<SessionRow | undefined> =>
  trx('device_sessions').where({ id }).forUpdate().first('id', 'is_shared', 'open_holder_id');

/** @returns null where the PIN is not free on this device */
export async function insertHolder(db: Db, session: SessionId, pinHash: Buffer): Promise<HolderId | null> {
  const rows = await db('phone_holders')
    .insert({ id: randomUUID(), session_id: session, pin_hash: pinHash })
    .onConflict(['session_id', 'pin_hash'])
    .ignore()
    .returning<{ id: HolderId }[]>('id');
  return rows[0]?.id ?? null;
}

export const findHolder = async (db: Db, session: SessionId, pinHash: Buffer): Promise<HolderId | null> =>
  (await db('phone_holders').where({ session_id: session, pin_hash: pinHash }).first('id'))?.id ?? null;

export const countHolders = async (db: Db, session: SessionId): Promise<number> =>
  (await db('phone_holders').where({ session_id: session }).pluck('id')).length;

export const openHolder = (db: Db, session: SessionId, holder: HolderId | null): Promise<unknown> =>
  db('device_sessions').where({ id: session }).update({ is_shared: true, open_holder_id: holder });

/** Puts the seats that no PIN guards yet behind this one, and what an organisation waits for here. @returns how many seats */
export const giveSeatsTo = async (db: Db, session: SessionId, holder: HolderId): Promise<number> => {
  await db('partners').where({ session_id: session, holder_id: null }).update({ holder_id: holder });
  return db('seats')
    .where({ session_id: session, holder_id: null })
    .andWhereNot({ state: 'left' })
    .update({ holder_id: holder });
};

export const findSeatsOfHolder = (db: Db, holder: HolderId): Promise<SeatId[]> =>
  db('seats').where({ holder_id: holder }).pluck<SeatId[]>('id');

/**
 * A PIN that guards no seat, and nothing that waits for one, would open nothing and take up a place.
 * @returns whether there was such a place, in which nobody sat
 */
export const deleteHolderWithoutSeats = async (db: Db, holder: HolderId): Promise<boolean> =>
  (await db('phone_holders')
    .where({ id: holder })
    .whereNotExists(db('seats').where({ holder_id: holder }).select('id'))
    .whereNotExists(db('partners').where({ holder_id: holder }).select('id'))
    .delete()) > 0;

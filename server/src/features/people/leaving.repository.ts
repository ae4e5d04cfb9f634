import type { CircleId, PartnershipId, SeatId } from '@longtable/shared/ids';
import type { Knex } from 'knex';
import type { Db } from '../../platform/deps.ts';
import type { SeatState, SessionId } from './people.repository.ts';

export interface LeavingSeat {
  id: SeatId;
  circle_id: CircleId | null;
  state: SeatState;
}

/** On which a seat stands, or what an organisation waits for; those that have been over for longest first. */
export const findExpiredSessions = (db: Db, today: string, most: number): Promise<SessionId[]> =>
  db('device_sessions')
    .where('expires_on', '<', today)
    .andWhere((either) => {
      void either.whereExists(seatsOnSession(db)).orWhereExists(askingsOnSession(db));
    })
    .orderBy(['expires_on', 'id'])
    .limit(most)
    .pluck<SessionId[]>('id');

export const findExpiredSessionsAt = (
  db: Db,
  partnership: PartnershipId,
  today: string,
): Promise<SessionId[]> =>
  db('device_sessions')
    .where('expires_on', '<', today)
    .whereIn('id', db('seats').where({ partnership_id: partnership }).select('session_id'))
    .orderBy('id')
    .pluck<SessionId[]>('id');

/** Held until the transaction ends; undefined where its days were counted afresh meanwhile, or it has ended. */
export const lockExpiredSession = (
  trx: Db,
  id: SessionId,
  today: string,
): Promise<{ id: SessionId } | undefined> =>
  trx('device_sessions').where({ id }).andWhere('expires_on', '<', today).forUpdate().first('id');

/**
 * Those on which nothing stands. Held first, and looked at once more while they are: what was put on one of them a
 * moment ago is seen by a statement that begins later, and nothing is put on what is held.
 */
export async function deleteEmptyExpiredSessions(trx: Db, today: string, most: number): Promise<void> {
  const isEmpty = (query: Knex.QueryBuilder) =>
    query.whereNotExists(seatsOnSession(trx)).whereNotExists(askingsOnSession(trx));
  const held = await isEmpty(trx('device_sessions').where('expires_on', '<', today))
    .limit(most)
    .forUpdate()
    .skipLocked()
    .pluck('id');
  if (held.length > 0) await isEmpty(trx('device_sessions').whereRaw('id = any(?::uuid[])', [held])).delete();
}

const seatsOnSession = (db: Db) => db('seats').whereRaw('seats.session_id = device_sessions.id').select('id');

const askingsOnSession = (db: Db) =>
  db('partners').whereRaw('partners.session_id = device_sessions.id').select('id');

/** Held until the transaction ends. */
export const lockSeatsOfSession = (trx: Db, session: SessionId): Promise<LeavingSeat[]> =>
  trx('seats').where({ session_id: session }).orderBy('id').forUpdate().select('id', 'circle_id', 'state');

/** Its seats stay and lose their session. */
export const deleteSession = (db: Db, id: SessionId): Promise<number> =>
  db('device_sessions').where({ id }).delete();

export const deleteSeats = (db: Db, seats: readonly SeatId[]): Promise<number> =>
  db('seats').whereIn('id', seats).delete();

export const deleteWaysBack = (db: Db, seat: SeatId): Promise<number> =>
  db('ways_back').where({ seat_id: seat }).delete();

/** In id order, as writes hold them: in any other the two could wait for each other. */
export const revokeGrants = async (db: Db, seats: readonly SeatId[]): Promise<void> => {
  await db.raw(
    `with held as (select id from grants where seat_id = any(?::uuid[]) order by id for update)
     update grants set is_revoked = true from held where grants.id = held.id`,
    [[...seats]],
  );
};

/** What the person was called goes with them; that somebody sat here stays. */
export const setLeft = (db: Db, seats: readonly SeatId[]): Promise<number> =>
  db('seats')
    .whereIn('id', seats)
    .update({ state: 'left', session_id: null, holder_id: null, handle_sealed: Buffer.alloc(0) });

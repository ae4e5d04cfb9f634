import type { CircleId, PartnershipId, SeatId } from '@longtable/shared/ids';
import type { Db } from '../../platform/deps.ts';

export type SessionId = string & { readonly __brand: 'SessionId' };

/** One of several people on one device, who has a PIN and the seats behind it. */
export type HolderId = string & { readonly __brand: 'HolderId' };

export interface SessionRow {
  id: SessionId;
  is_shared: boolean;
  open_holder_id: HolderId | null;
}

export type SeatState = 'waiting' | 'seated' | 'refused' | 'left';

export interface SeatRow {
  id: SeatId;
  session_id: SessionId | null;
  holder_id: HolderId | null;
  partnership_id: PartnershipId;
  circle_id: CircleId | null;
  role: 'facilitator' | 'member';
  state: SeatState;
  handle_sealed: Buffer;
}

const seatColumns = [
  'id',
  'session_id',
  'holder_id',
  'partnership_id',
  'circle_id',
  'role',
  'state',
  'handle_sealed',
];

export const insertSession = (
  db: Db,
  row: { id: SessionId; token_hash: Buffer; created_on: string; expires_on: string },
): Promise<unknown> => db('device_sessions').insert(row);

/** By its token, or by the one before while nobody has shown the newer one yet. */
export const findSessionByHash = (
  db: Db,
  tokenHash: Buffer,
  today: string,
): Promise<(SessionRow & { token_hash: Buffer; previous_token_hash: Buffer | null }) | undefined> =>
  db('device_sessions')
    .where((either) => {
      void either.where({ token_hash: tokenHash }).orWhere({ previous_token_hash: tokenHash });
    })
    .andWhere('expires_on', '>=', today)
    .first('id', 'is_shared', 'open_holder_id', 'token_hash', 'previous_token_hash');

/** While this one is the newest; the one that was shown is the one before from then on. Says whether it did. */
export const replaceToken = async (
  db: Db,
  id: SessionId,
  { newest, shown, to }: { newest: Buffer; shown: Buffer; to: Buffer },
): Promise<boolean> =>
  (await db('device_sessions')
    .where({ id, token_hash: newest })
    .update({ token_hash: to, previous_token_hash: shown })) === 1;

export const forgetPreviousToken = (db: Db, id: SessionId, tokenHash: Buffer): Promise<unknown> =>
  db('device_sessions').where({ id, token_hash: tokenHash }).update({ previous_token_hash: null });

/** Counted from the day on which it was made, so that the row does not tell when something was put on it. */
export const keepSession = (db: Db, id: SessionId, days: number): Promise<unknown> =>
  db('device_sessions')
    .where({ id })
    .andWhereRaw('expires_on < created_on + ?::int', [days])
    .update({ expires_on: db.raw('created_on + ?::int', [days]) });

export const insertSeat = (db: Db, row: SeatRow & { created_on: string }): Promise<unknown> =>
  db('seats').insert(row);

export const findSeatsOfSession = (db: Db, sessionId: SessionId): Promise<SeatRow[]> =>
  db('seats')
    .where({ session_id: sessionId })
    .andWhereNot({ state: 'left' })
    .orderBy('id')
    .select(seatColumns);

export const findSeatOfSession = (db: Db, sessionId: SessionId, id: SeatId): Promise<SeatRow | undefined> =>
  db('seats').where({ id, session_id: sessionId }).andWhereNot({ state: 'left' }).first(seatColumns);

/** In order of id, which says nothing of when they came. */
export const findSeatsOfCircle = (
  db: Db,
  circleId: CircleId,
  states: readonly SeatState[],
): Promise<SeatRow[]> =>
  db('seats').where({ circle_id: circleId }).whereIn('state', states).orderBy('id').select(seatColumns);

export const findSeatedIn = (db: Db, circleId: CircleId): Promise<SeatId[]> =>
  db('seats').where({ circle_id: circleId, state: 'seated' }).orderBy('id').pluck<SeatId[]>('id');

/** Circles in which somebody sits or once sat, and that have not ended. */
export const findSeatedCircles = async (db: Db, partnershipId: PartnershipId): Promise<CircleId[]> =>
  db('seats')
    .where({ partnership_id: partnershipId })
    .whereIn('state', ['seated', 'left'])
    .whereNotNull('circle_id')
    .whereNotIn('circle_id', db('circles').where({ is_ended: true }).select('id'))
    .distinct()
    .pluck<CircleId[]>('circle_id');

/** A facilitator's seat whose device has left is nobody's to use. */
export const countFacilitatingSessions = async (db: Db, partnershipId: PartnershipId): Promise<number> => {
  const sessions = await db('seats')
    .where({ partnership_id: partnershipId, role: 'facilitator', state: 'seated' })
    .whereNotNull('session_id')
    .distinct('session_id');
  return sessions.length;
};

/** Only a seat that still waits changes; says whether it did. */
export const answerWaitingSeat = async (
  db: Db,
  id: SeatId,
  circleId: CircleId,
  state: 'seated' | 'refused',
): Promise<boolean> =>
  (await db('seats').where({ id, circle_id: circleId, state: 'waiting' }).update({ state })) === 1;

export const refuseWaitingSeats = (db: Db, circleId: CircleId): Promise<number> =>
  db('seats').where({ circle_id: circleId, state: 'waiting' }).update({ state: 'refused' });

export const findSeatInCircle = (db: Db, id: SeatId, circleId: CircleId): Promise<SeatRow | undefined> =>
  db('seats').where({ id, circle_id: circleId }).first(seatColumns);

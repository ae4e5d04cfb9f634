import type { PartnershipId, SeatId } from '@longtable/shared/ids';
import type { ReturnKind } from '@longtable/shared/protocol/http/people';
import type { Db } from '../../platform/deps.ts';
import type { HolderId, SessionId } from './people.repository.ts';

/** Takes the place of the seat's earlier one of this kind, which opens nothing any more. */
export const putWayBack = async (
  db: Db,
  row: { seat_id: SeatId; kind: ReturnKind; code_hash: Buffer },
): Promise<void> => {
  await db('ways_back').insert(row).onConflict(['seat_id', 'kind']).merge();
};

export interface ReturningSeat {
  id: SeatId;
  partnership_id: PartnershipId;
  session_id: SessionId | null;
  holder_id: HolderId | null;
}

/** Held by nobody yet; see `lockSeatByWayBack`. */
export const hasSeatByWayBack = async (db: Db, hash: Buffer): Promise<boolean> =>
  (await db('ways_back').where({ code_hash: hash }).first('seat_id')) !== undefined;

export const findWaysBack = (
  db: Db,
  seats: readonly SeatId[],
): Promise<{ seat_id: SeatId; kind: ReturnKind }[]> =>
  db('ways_back').whereIn('seat_id', seats).orderBy('kind').select('seat_id', 'kind');

/** The seat, held until the transaction ends; only one that its circle has let in, and that has not left. */
export const lockSeatByWayBack = (trx: Db, hash: Buffer): Promise<ReturningSeat | undefined> =>
  trx('seats')
    .whereIn('id', trx('ways_back').where({ code_hash: hash }).select('seat_id'))
    .andWhere({ state: 'seated' })
    .forUpdate()
    .first('id', 'partnership_id', 'session_id', 'holder_id');

export const moveSeat = async (
  db: Db,
  id: SeatId,
  to: { session_id: SessionId; holder_id: HolderId | null },
): Promise<void> => {
  await db('seats').where({ id }).update(to);
};

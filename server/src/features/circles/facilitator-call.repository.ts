import type { CircleId } from '@longtable/shared/ids';
import type { Db } from '../../platform/deps.ts';

interface CallRow {
  circle_id: CircleId;
}

export const putCall = async (db: Db, circle: CircleId): Promise<void> => {
  await db<CallRow>('facilitator_calls').insert({ circle_id: circle }).onConflict('circle_id').ignore();
};

export const deleteCalls = async (db: Db, circles: readonly CircleId[]): Promise<void> => {
  await db<CallRow>('facilitator_calls').whereIn('circle_id', circles).delete();
};

export const findCalls = (db: Db, circles: readonly CircleId[]): Promise<CircleId[]> =>
  db<CallRow>('facilitator_calls').whereIn('circle_id', circles).pluck('circle_id');

/** Held until the transaction ends, so that one agreement makes one code. */
export const lockCalls = async (trx: Db, circles: readonly CircleId[]): Promise<CircleId[]> =>
  (
    await trx<CallRow>('facilitator_calls')
      .whereIn('circle_id', circles)
      .orderBy('circle_id')
      .forUpdate()
      .select('circle_id')
  ).map((row) => row.circle_id);

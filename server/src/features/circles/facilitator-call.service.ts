import { LongtableError } from '@longtable/shared/errors';
import type { CircleId, PartnershipId } from '@longtable/shared/ids';
import type { FacilitatorCall } from '@longtable/shared/protocol/http/facilitator-call';
import type { FacilitatorCode, MintFacilitatorCode } from '@longtable/shared/protocol/http/partnerships';
import type { Db, Deps } from '../../platform/deps.ts';
import { seatedCircles } from '../people/people.service.ts';
import type { CircleFacts } from './circles.policy.ts';
import { circlesInOrder, circlesToCome, countEnded } from './circles.service.ts';
import { mintFacilitatorCode } from './codes.service.ts';
import { deleteCalls, findCalls, lockCalls, putCall } from './facilitator-call.repository.ts';

/**
 * Whether circles together may bring in a facilitator. Every circle that sits must agree; one alone decides only
 * at a table that was made for one, because the rest of the table has not come yet, or where another had come and has
 * ended: then only a facilitator can have anybody come in its place.
 */
export const isComplete = (
  atTable: number,
  seated: ReadonlySet<CircleId>,
  agreeing: ReadonlySet<CircleId>,
  ended = 0,
): boolean =>
  seated.size > 0 &&
  seated.size + ended >= Math.min(2, atTable) &&
  [...seated].every((circle) => agreeing.has(circle));

async function mayCall(
  db: Db,
  partnership: PartnershipId,
  agreeing: ReadonlySet<CircleId>,
): Promise<boolean> {
  const seated = await seatedCircles(db, partnership);
  const atTable = seated.size + (await circlesToCome(db, partnership, seated)).length;
  return isComplete(atTable, seated, agreeing, await countEnded(db, partnership));
}

export async function answerCall(db: Db, circle: CircleId, agrees: boolean): Promise<void> {
  await (agrees ? putCall(db, circle) : deleteCalls(db, [circle]));
}

/** The call as one circle sees it: its own answer, and of the others only whether all agree. */
export async function readCall(db: Db, { id, partnershipId }: CircleFacts): Promise<FacilitatorCall> {
  const agreeing = new Set(await findCalls(db, await circlesInOrder(db, partnershipId)));
  return {
    agrees: agreeing.has(id),
    isComplete: await mayCall(db, partnershipId, agreeing),
  };
}

/** A facilitator's code by the will of all circles; their agreement is used up. @throws LongtableError notFound */
export const mintCalledCode = (
  deps: Deps,
  partnership: PartnershipId,
  body: MintFacilitatorCode,
): Promise<FacilitatorCode> =>
  deps.db.transaction(async (trx) => {
    const circles = await circlesInOrder(trx, partnership);
    const agreeing = new Set(await lockCalls(trx, circles));
    if (!(await mayCall(trx, partnership, agreeing))) throw new LongtableError('notFound');
    await deleteCalls(trx, circles);
    return mintFacilitatorCode({ ...deps, db: trx }, partnership, body);
  });

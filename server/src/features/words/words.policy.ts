import type { CircleId, PartnershipId } from '@longtable/shared/ids';
import { type CircleFacts, canSeeInside } from '../circles/circles.policy.ts';
import { sitsAt } from '../partnerships/partnerships.policy.ts';
import type { Seat } from '../people/people.service.ts';

/** A circle's words are its own: only who sits in it puts them before others, passes, or takes them back. */
export const canSayWords = (seat: Seat, circle: CircleFacts): boolean => canSeeInside(seat, circle);

/** Which circles have shared, and nothing of what. */
export const canSeeWhoShared = (seat: Seat, document: { partnershipId: PartnershipId }): boolean =>
  sitsAt(seat, document.partnershipId);

/** Where the circles of a table stand on one section. `said`: shared or passed. */
export interface SaidHere {
  partnershipId: PartnershipId;
  seated: ReadonlySet<CircleId>;
  said: ReadonlySet<CircleId>;
}

/**
 * Own words first. A circle reads the others' once it has shared its own or passed. A facilitator has none to
 * give, and reads them when no circle could still be swayed: when all that somebody sits in have done so.
 */
export function canReadOthersWords(seat: Seat, { partnershipId, seated, said }: SaidHere): boolean {
  if (!sitsAt(seat, partnershipId)) return false;
  if (seat.circleId !== null) return said.has(seat.circleId);
  return seated.size > 0 && [...seated].every((circle) => said.has(circle));
}

import { sitsAt } from '../partnerships/partnerships.policy.ts';
import type { Seat } from '../people/people.service.ts';
import type { CircleFacts } from './circles.policy.ts';

type Place = Pick<CircleFacts, 'id' | 'partnershipId'>;

/**
 * Whoever leads the evening, and anybody who sits in another circle: the phone of whoever led may be lost, which nobody
 * here can tell from one that is only away. To ask decides nothing.
 */
export const canAskAnew = (seat: Seat, circle: Place): boolean =>
  (sitsAt(seat, circle.partnershipId) && seat.role === 'facilitator') || canAgreeAnew(seat, circle);

/** Every other circle has a word in it, the one that is asked about has not. */
export const canAgreeAnew = (seat: Seat, circle: Place): boolean =>
  sitsAt(seat, circle.partnershipId) && seat.role === 'member' && seat.circleId !== circle.id;

export const canSayWeAreHere = (seat: Seat, circle: Place): boolean =>
  sitsAt(seat, circle.partnershipId) && seat.role === 'member' && seat.circleId === circle.id;

import type { PartnershipId } from '@longtable/shared/ids';
import { type CircleFacts, canSeeInside } from '../circles/circles.policy.ts';
import { sitsAt } from '../partnerships/partnerships.policy.ts';
import type { Seat } from '../people/people.service.ts';

/** Rounds belong to a partnership's document. */
interface Here {
  partnershipId: PartnershipId;
}

/** The process is the facilitators', and the process alone: none of them answers for a circle. */
export const canOpenRound = (seat: Seat, here: Here): boolean =>
  sitsAt(seat, here.partnershipId) && seat.role === 'facilitator';

export const canMoveRound = canOpenRound;

/** The words before the circles, and what is shown of their answers. */
export const canSeeRound = (seat: Seat, here: Here): boolean => sitsAt(seat, here.partnershipId);

/** For its own circle; whether that circle is asked is the round's to say. */
export const canAnswer = (seat: Seat, here: Here): boolean =>
  sitsAt(seat, here.partnershipId) && seat.role === 'member';

/** How a circle answers is chosen and known inside it. */
export const canChooseRule = (seat: Seat, circle: CircleFacts): boolean => canSeeInside(seat, circle);

export const canSeeRule = canChooseRule;

import type { PartnershipId } from '@longtable/shared/ids';
import { sitsAt } from '../partnerships/partnerships.policy.ts';
import type { Seat, Session } from '../people/people.service.ts';
import { type HeldSeat, isOpenFor } from '../people/phone.policy.ts';

interface Here {
  partnershipId: PartnershipId;
}

/** Whoever sits here may bring somebody along; the circles decide. */
export const canInvitePartner = (seat: Seat, here: Here): boolean => sitsAt(seat, here.partnershipId);

/** What an organisation said of itself is for everyone whom it asks. */
export const canSeePartners = canInvitePartner;

/** As long as nobody has answered to the invitation. */
export const canTakeBackInvitation = canInvitePartner;

/** One that nobody comes back to would keep its place for ever: ending it is process, and says nothing of its words. */
export const canEndAsking = (seat: Seat, here: Here): boolean =>
  sitsAt(seat, here.partnershipId) && seat.role === 'facilitator';

/** For its own circle. */
export const canAnswerPartner = (seat: Seat, here: Here): boolean =>
  sitsAt(seat, here.partnershipId) && seat.role === 'member';

/** The device on which the organisation waits, and there only the person whose asking it is. */
export const isWaitingHere = (session: Session | null, asking: HeldSeat): boolean =>
  session !== null && isOpenFor(session, asking);

import type { CircleId, PartnershipId } from '@longtable/shared/ids';
import type { Seat } from '../people/people.service.ts';

/** What a policy needs to know of a circle. */
export interface CircleFacts {
  id: CircleId;
  partnershipId: PartnershipId;
  hasMembers: boolean;
  /** Made for an organisation that was invited, which alone may found it. */
  isPromised: boolean;
}

const isMember = (seat: Seat, circle: CircleFacts): boolean =>
  seat.state === 'seated' && seat.role === 'member' && seat.circleId === circle.id;

const isFacilitatorHere = (seat: Seat, circle: CircleFacts): boolean =>
  seat.state === 'seated' && seat.role === 'facilitator' && seat.partnershipId === circle.partnershipId;

/** Members, kind and door are known inside only. */
export const canSeeInside = isMember;

export const canDescribe = isMember;

export const canAnswerDoor = isMember;

export const canSeeCodes = isMember;

export const canRevokeCode = isMember;

/** A circle opens its own door: once somebody sits there, only its members make codes. */
export const canMintSeatCode = isMember;

/** Before that, and only until then, a facilitator may invite the one person who will found it, or sit down there. */
export const canMintFoundingCode = (seat: Seat, circle: CircleFacts): boolean =>
  isFacilitatorHere(seat, circle) && !circle.hasMembers && !circle.isPromised;

export const canTakeFirstSeat = canMintFoundingCode;

/** Whoever may make a code may take it back, see that it still opens, and print it. */
export const canKeepFoundingCode = canMintFoundingCode;

export const canPrintCards = (seat: Seat, circle: CircleFacts): boolean =>
  canMintSeatCode(seat, circle) || canMintFoundingCode(seat, circle);

/** What a circle agrees to is said by whoever sits in it. */
export const canAnswerFacilitatorCall = isMember;

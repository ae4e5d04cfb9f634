import type { PartnershipId } from '@longtable/shared/ids';
import type { Seat } from '../people/people.service.ts';

/** A seat's own partnership is the only one it knows of. */
export const sitsAt = (seat: Seat, partnership: PartnershipId): boolean =>
  seat.state === 'seated' && seat.partnershipId === partnership;

/** The table: circles by their outside names, and the documents. */
export const canSeeTable = sitsAt;

/** Process rights are shared by those who hold them, and by nobody else. */
export const canInviteFacilitator = (seat: Seat, partnership: PartnershipId): boolean =>
  sitsAt(seat, partnership) && seat.role === 'facilitator';

/**
 * Members may bring in a new one when all circles agree, which is checked apart. That the others are lost is for the
 * circles to see: a phone that fell into the sea still holds its seat, as far as any server knows.
 */
export const canUseFacilitatorCall = (seat: Seat, partnership: PartnershipId): boolean =>
  sitsAt(seat, partnership) && seat.role === 'member';

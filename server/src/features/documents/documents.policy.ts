import type { PartnershipId } from '@longtable/shared/ids';
import type { Seat } from '../people/people.service.ts';
import { sitsAt } from '../partnerships/partnerships.policy.ts';

/** Which documents there are, and the joint text in them. Whether a room may be written is its grant's to say. */
export const canReadDocument = (seat: Seat, document: { partnershipId: PartnershipId }): boolean =>
  sitsAt(seat, document.partnershipId);

export const canExportDocument = canReadDocument;

import type { PartnershipId } from '@longtable/shared/ids';
import { sitsAt } from '../partnerships/partnerships.policy.ts';
import type { Seat } from '../people/people.service.ts';

export interface TableFacts {
  partnershipId: PartnershipId;
  isFacilitated: boolean;
}

/** Where the room is belongs to the process. A table without a facilitator keeps its own: any member says it. */
export const canMoveHere = (seat: Seat, table: TableFacts): boolean =>
  sitsAt(seat, table.partnershipId) && (seat.role === 'facilitator' || !table.isFacilitated);

import type { PartnershipId, SeatId } from '@longtable/shared/ids';
import { CatchUp, type Place } from '@longtable/shared/protocol/http/here';
import { request, send } from '../../lib/http.ts';

export const moveHere = async (
  seat: SeatId,
  partnershipId: PartnershipId,
  { documentId, section }: Place,
) => {
  await send(`/api/partnerships/${partnershipId}/here`, {
    method: 'POST',
    body: { documentId, section },
    seat,
  });
};

export const fetchCatchUp = (seat: SeatId, partnershipId: PartnershipId) =>
  request(CatchUp, `/api/partnerships/${partnershipId}/catch-up`, { seat });

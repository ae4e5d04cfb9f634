import type { CircleId, PartnershipId, SeatId } from '@longtable/shared/ids';
import { CircleHeard, type MarkHeard, type Support } from '@longtable/shared/protocol/http/heard';
import { Standing } from '@longtable/shared/protocol/http/standing';
import { request, send } from '../../lib/http.ts';

export const fetchStanding = (seat: SeatId, partnershipId: PartnershipId) =>
  request(Standing, `/api/partnerships/${partnershipId}/standing`, { seat });

export const fetchCircleHeard = (seat: SeatId, circleId: CircleId) =>
  request(CircleHeard, `/api/circles/${circleId}/heard`, { seat });

export const markHeard = async (seat: SeatId, circleId: CircleId, body: MarkHeard) => {
  await send(`/api/circles/${circleId}/heard`, { method: 'POST', body, seat });
};

export const chooseSupport = async (seat: SeatId, circleId: CircleId, support: Support | null) => {
  await send(`/api/circles/${circleId}/support`, { method: 'POST', body: { support }, seat });
};

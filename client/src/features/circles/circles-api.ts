import type { CircleId, CodeId, PartnershipId, SeatId } from '@longtable/shared/ids';
import {
  CircleInside,
  CodeList,
  Joined,
  MintedCode,
  TakenSeat,
  type DescribeCircle,
  type Join,
  type MintCode,
} from '@longtable/shared/protocol/http/circles';
import { FacilitatorCall } from '@longtable/shared/protocol/http/facilitator-call';
import { FacilitatorCode } from '@longtable/shared/protocol/http/partnerships';
import type { PrintTableCards } from '@longtable/shared/protocol/http/table-cards';
import type { Handle } from '@longtable/shared/protocol/http/people';
import { request, send } from '../../lib/http.ts';

export const join = (body: Join) => request(Joined, '/api/join', { method: 'POST', body });

export const takeFirstSeat = (seat: SeatId, circleId: CircleId, handle: Handle) =>
  request(TakenSeat, `/api/circles/${circleId}/first-seat`, { method: 'POST', body: { handle }, seat });

export const fetchCircle = (seat: SeatId, circleId: CircleId) =>
  request(CircleInside, `/api/circles/${circleId}`, { seat });

export const describeCircle = async (seat: SeatId, circleId: CircleId, body: DescribeCircle) => {
  await send(`/api/circles/${circleId}`, { method: 'PATCH', body, seat });
};

export const answerDoor = async (seat: SeatId, circleId: CircleId, waiting: SeatId, letIn: boolean) => {
  await send(`/api/circles/${circleId}/door/${waiting}`, { method: 'POST', body: { letIn }, seat });
};

export const mintCode = (seat: SeatId, circleId: CircleId, body: MintCode) =>
  request(MintedCode, `/api/circles/${circleId}/codes`, { method: 'POST', body, seat });

export const fetchCodes = (seat: SeatId, circleId: CircleId) =>
  request(CodeList, `/api/circles/${circleId}/codes`, { seat });

export const revokeCode = async (seat: SeatId, circleId: CircleId, codeId: CodeId) => {
  await send(`/api/circles/${circleId}/codes/${codeId}`, { method: 'DELETE', seat });
};

/** The server keeps no code, so it must be brought along. */
export const printCards = async (
  seat: SeatId,
  circleId: CircleId,
  codeId: CodeId,
  body: PrintTableCards,
): Promise<Blob> =>
  (await send(`/api/circles/${circleId}/codes/${codeId}/cards`, { method: 'POST', body, seat })).blob();

export const mintFacilitatorCode = (seat: SeatId, partnershipId: PartnershipId) =>
  request(FacilitatorCode, `/api/partnerships/${partnershipId}/facilitator-codes`, {
    method: 'POST',
    body: { days: FACILITATOR_CODE_DAYS },
    seat,
  });

/** Long enough to be given before the evening, and to be used on it. */
export const FACILITATOR_CODE_DAYS = 7;

export const fetchFacilitatorCall = (seat: SeatId, circleId: CircleId) =>
  request(FacilitatorCall, `/api/circles/${circleId}/facilitator-call`, { seat });

export const answerFacilitatorCall = async (seat: SeatId, circleId: CircleId, agrees: boolean) => {
  await send(`/api/circles/${circleId}/facilitator-call`, { method: 'POST', body: { agrees }, seat });
};

/** Asks the other circles whether this one, in which nobody seems to be left, may be founded anew. */
export const askAnew = async (seat: SeatId, circleId: CircleId) => {
  await send(`/api/circles/${circleId}/anew`, { method: 'POST', seat });
};

export const takeBackAnew = async (seat: SeatId, circleId: CircleId) => {
  await send(`/api/circles/${circleId}/anew`, { method: 'DELETE', seat });
};

export const agreeAnew = async (seat: SeatId, circleId: CircleId, agrees: boolean) => {
  await send(`/api/circles/${circleId}/anew/agreement`, { method: 'POST', body: { agrees }, seat });
};

export const sayWeAreHere = async (seat: SeatId, circleId: CircleId) => {
  await send(`/api/circles/${circleId}/anew/here`, { method: 'POST', seat });
};

import type { PartnerId, PartnershipId, SeatId } from '@longtable/shared/ids';
import { TakenSeat } from '@longtable/shared/protocol/http/circles';
import {
  type AnswerPartner,
  Asking,
  AskingList,
  InvitedPartner,
  type InvitePartner,
  PartnerList,
  type PartnerStatement,
  SentStatement,
} from '@longtable/shared/protocol/http/partners';
import type { Handle } from '@longtable/shared/protocol/http/people';
import { request, send } from '../../lib/http.ts';

// At the table.

export const fetchPartners = (seat: SeatId, partnership: PartnershipId) =>
  request(PartnerList, `/api/partnerships/${partnership}/partners`, { seat });

export const invitePartner = (seat: SeatId, partnership: PartnershipId, body: InvitePartner) =>
  request(InvitedPartner, `/api/partnerships/${partnership}/partners`, { method: 'POST', body, seat });

export const takeBackInvitation = async (seat: SeatId, partner: PartnerId) => {
  await send(`/api/partners/${partner}`, { method: 'DELETE', seat });
};

export const answerPartner = async (seat: SeatId, partner: PartnerId, body: AnswerPartner) => {
  await send(`/api/partners/${partner}/answer`, { method: 'POST', body, seat });
};

// Before it: an organisation that was invited.

export const fetchAskings = () => request(AskingList, '/api/askings');

export const openAsking = (code: string) =>
  request(Asking, '/api/askings/open', { method: 'POST', body: { code } });

export const sendStatement = (code: string, statement: PartnerStatement) =>
  request(SentStatement, '/api/askings', { method: 'POST', body: { code, statement } });

export const sitDown = (partner: PartnerId, handle: Handle) =>
  request(TakenSeat, `/api/askings/${partner}/seat`, { method: 'POST', body: { handle } });

export const withdrawAsking = async (partner: PartnerId) => {
  await send(`/api/askings/${partner}`, { method: 'DELETE' });
};

import { LongtableError } from '@longtable/shared/errors';
import { PartnerId, PartnershipId } from '@longtable/shared/ids';
import {
  AnswerPartner,
  InvitedPartner,
  InvitePartner,
  PartnerList,
} from '@longtable/shared/protocol/http/partners';
import { z } from 'zod';
import type { Deps } from '../../platform/deps.ts';
import type { Router } from '../../platform/http.ts';
import { settleAnewIfPossible } from '../circles/anew.service.ts';
import { type Seat, seated } from '../people/people.service.ts';
import { registerAskingRoutes } from './askings.routes.ts';
import {
  canAnswerPartner,
  canEndAsking,
  canInvitePartner,
  canSeePartners,
  canTakeBackInvitation,
} from './partners.policy.ts';
import {
  answerPartner,
  invitePartner,
  listPartners,
  readPartner,
  settlePartners,
  takeBackInvitation,
} from './partners.service.ts';

const InPartnership = z.object({ partnershipId: PartnershipId });
const OfPartner = z.object({ partnerId: PartnerId });

export function registerPartnerRoutes(router: Router, deps: Deps): void {
  const who = seated(deps);
  const partnerFor = async (seat: Seat, id: PartnerId, may: typeof canAnswerPartner) => {
    const partner = await readPartner(deps.db, id);
    if (!may(seat, partner)) throw new LongtableError('notFound');
    return partner;
  };
  registerAskingRoutes(router, deps);

  router.add({
    method: 'post',
    path: '/api/partnerships/:partnershipId/partners',
    summary: 'Invites an organisation, which sees nothing of the table until all circles agree to its seat',
    params: InPartnership,
    body: InvitePartner,
    answer: InvitedPartner,
    who,
    async handle({ who: seat, params, body }) {
      if (!canInvitePartner(seat, params)) throw new LongtableError('notFound');
      return invitePartner(deps, params.partnershipId, body);
    },
  });

  router.add({
    method: 'get',
    path: '/api/partnerships/:partnershipId/partners',
    summary:
      'Organisations that were invited: what they say of themselves, and whether all circles have agreed',
    params: InPartnership,
    answer: PartnerList,
    who,
    async handle({ who: seat, params }) {
      if (!canSeePartners(seat, params)) throw new LongtableError('notFound');
      await settleAnewIfPossible(deps, params.partnershipId);
      await settlePartners(deps, params.partnershipId);
      return listPartners(deps, seat);
    },
  });

  router.add({
    method: 'delete',
    path: '/api/partners/:partnerId',
    summary: 'Takes back an invitation that was not answered yet; a facilitator, also one that asks in vain',
    params: OfPartner,
    who,
    async handle({ who: seat, params }) {
      const partner = await partnerFor(seat, params.partnerId, canTakeBackInvitation);
      await takeBackInvitation(deps, partner.id, canEndAsking(seat, partner));
    },
  });

  router.add({
    method: 'post',
    path: '/api/partners/:partnerId/answer',
    summary: 'Answers for one’s circle whether an organisation may have a seat: yes, or not yet',
    params: OfPartner,
    body: AnswerPartner,
    who,
    async handle({ who: seat, params, body }) {
      await answerPartner(deps, await partnerFor(seat, params.partnerId, canAnswerPartner), seat, body);
    },
  });
}

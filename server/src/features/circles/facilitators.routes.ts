import { LongtableError } from '@longtable/shared/errors';
import { CircleId, PartnershipId } from '@longtable/shared/ids';
import { AnswerFacilitatorCall, FacilitatorCall } from '@longtable/shared/protocol/http/facilitator-call';
import { FacilitatorCode, MintFacilitatorCode } from '@longtable/shared/protocol/http/partnerships';
import { z } from 'zod';
import type { Deps } from '../../platform/deps.ts';
import type { Router } from '../../platform/http.ts';
import { canInviteFacilitator, canUseFacilitatorCall } from '../partnerships/partnerships.policy.ts';
import { type Seat, seated } from '../people/people.service.ts';
import { canAnswerFacilitatorCall } from './circles.policy.ts';
import { type Circle, readCircle } from './circles.service.ts';
import { mintFacilitatorCode } from './codes.service.ts';
import { answerCall, mintCalledCode, readCall } from './facilitator-call.service.ts';

export function registerFacilitatorRoutes(router: Router, deps: Deps): void {
  const who = seated(deps);
  const InCircle = z.object({ circleId: CircleId });
  const ownCircle = async (seat: Seat, id: CircleId): Promise<Circle> => {
    const circle = await readCircle(deps.db, id);
    if (!canAnswerFacilitatorCall(seat, circle)) throw new LongtableError('notFound');
    return circle;
  };

  router.add({
    method: 'post',
    path: '/api/partnerships/:partnershipId/facilitator-codes',
    summary:
      'Makes a code for one further facilitator: by a facilitator, or by a member once all circles agree to it',
    params: z.object({ partnershipId: PartnershipId }),
    body: MintFacilitatorCode,
    answer: FacilitatorCode,
    who,
    async handle({ who: seat, params: { partnershipId }, body }) {
      if (canInviteFacilitator(seat, partnershipId)) return mintFacilitatorCode(deps, partnershipId, body);
      if (canUseFacilitatorCall(seat, partnershipId)) return mintCalledCode(deps, partnershipId, body);
      throw new LongtableError('notFound');
    },
  });

  router.add({
    method: 'get',
    path: '/api/circles/:circleId/facilitator-call',
    summary: 'Whether this circle agrees to a new facilitator, and whether all do',
    params: InCircle,
    answer: FacilitatorCall,
    who,
    handle: async ({ who: seat, params }) => readCall(deps.db, await ownCircle(seat, params.circleId)),
  });

  router.add({
    method: 'post',
    path: '/api/circles/:circleId/facilitator-call',
    summary: 'A circle agrees to a new facilitator, or takes that back',
    params: InCircle,
    body: AnswerFacilitatorCall,
    who,
    handle: async ({ who: seat, params, body }) =>
      answerCall(deps.db, (await ownCircle(seat, params.circleId)).id, body.agrees),
  });
}

import { LongtableError } from '@longtable/shared/errors';
import { PartnershipId } from '@longtable/shared/ids';
import { Standing } from '@longtable/shared/protocol/http/standing';
import { z } from 'zod';
import type { Deps } from '../../platform/deps.ts';
import type { Router } from '../../platform/http.ts';
import { canSeeTable } from '../partnerships/partnerships.policy.ts';
import { seated } from '../people/people.service.ts';
import { readStanding } from './standing.service.ts';

export function registerStandingRoutes(router: Router, deps: Deps): void {
  router.add({
    method: 'get',
    path: '/api/partnerships/:partnershipId/standing',
    summary: 'Where each section stands: who is heard, what is agreed, what is open',
    params: z.object({ partnershipId: PartnershipId }),
    answer: Standing,
    who: seated(deps),
    async handle({ who: seat, params }) {
      if (!canSeeTable(seat, params.partnershipId)) throw new LongtableError('notFound');
      return readStanding(deps, seat);
    },
  });
}

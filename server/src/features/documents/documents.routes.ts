import { LongtableError } from '@longtable/shared/errors';
import { PartnershipId } from '@longtable/shared/ids';
import { StartedPartnership, StartPartnership, Table } from '@longtable/shared/protocol/http/partnerships';
import { z } from 'zod';
import type { Deps } from '../../platform/deps.ts';
import { anyone, type Router } from '../../platform/http.ts';
import { canSeeTable } from '../partnerships/partnerships.policy.ts';
import { seated, sessionOrNew } from '../people/people.service.ts';
import { readTable, startPartnership } from './documents.service.ts';

export function registerDocumentRoutes(router: Router, deps: Deps): void {
  router.add({
    method: 'post',
    path: '/api/partnerships',
    summary: 'Starts a partnership from a template; whoever starts it facilitates',
    body: StartPartnership,
    answer: StartedPartnership,
    who: anyone,
    handle: async ({ body, req, res }) =>
      startPartnership(deps, await sessionOrNew(deps.db, deps, req, res), body),
  });

  router.add({
    method: 'get',
    path: '/api/partnerships/:partnershipId',
    summary: 'The table: circles by their outside names, and the documents',
    params: z.object({ partnershipId: PartnershipId }),
    answer: Table,
    who: seated(deps),
    async handle({ who: seat, params }) {
      if (!canSeeTable(seat, params.partnershipId)) throw new LongtableError('notFound');
      return readTable(deps, seat);
    },
  });
}

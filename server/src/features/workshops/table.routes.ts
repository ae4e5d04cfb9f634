import { LongtableError } from '@longtable/shared/errors';
import { PartnershipId } from '@longtable/shared/ids';
import { CatchUp, MoveHere } from '@longtable/shared/protocol/http/here';
import { Table } from '@longtable/shared/protocol/http/partnerships';
import { z } from 'zod';
import type { Deps } from '../../platform/deps.ts';
import type { Router } from '../../platform/http.ts';
import { settleAnewIfPossible } from '../circles/anew.service.ts';
import { canSeeTable } from '../partnerships/partnerships.policy.ts';
import { type Seat, seated } from '../people/people.service.ts';
import { readCatchUp } from './catch-up.service.ts';
import { moveHere, readTableHere } from './here.service.ts';

export function registerTableRoutes(router: Router, deps: Deps): void {
  const atTable = { params: z.object({ partnershipId: PartnershipId }), who: seated(deps) };
  const mustSee = (seat: Seat, table: PartnershipId): void => {
    if (!canSeeTable(seat, table)) throw new LongtableError('notFound');
  };

  router.add({
    ...atTable,
    method: 'get',
    path: '/api/partnerships/:partnershipId',
    summary: 'The table: circles by their outside names, the documents, and where the room is',
    answer: Table,
    async handle({ who: seat, params }) {
      mustSee(seat, params.partnershipId);
      await settleAnewIfPossible(deps, params.partnershipId);
      return readTableHere(deps, seat);
    },
  });

  router.add({
    ...atTable,
    method: 'post',
    path: '/api/partnerships/:partnershipId/here',
    summary: 'Says where the room is now, as a facilitator; as any member where no facilitator is seated',
    body: MoveHere,
    async handle({ who: seat, params, body }) {
      mustSee(seat, params.partnershipId);
      await moveHere(deps, seat, body);
    },
  });

  router.add({
    ...atTable,
    method: 'get',
    path: '/api/partnerships/:partnershipId/catch-up',
    summary: 'What happened so far, in at most five lines of the joint text',
    answer: CatchUp,
    async handle({ who: seat, params }) {
      mustSee(seat, params.partnershipId);
      return readCatchUp(deps, seat);
    },
  });
}

import { LongtableError } from '@longtable/shared/errors';
import { CircleId, CodeId } from '@longtable/shared/ids';
import { PrintTableCards } from '@longtable/shared/protocol/http/table-cards';
import { z } from 'zod';
import type { Deps } from '../../platform/deps.ts';
import type { Router } from '../../platform/http.ts';
import { canPrintCards } from '../circles/circles.policy.ts';
import { readCircle } from '../circles/circles.service.ts';
import { seated } from '../people/people.service.ts';
import { printTableCards } from './table-cards.service.ts';

export function registerTableCardRoutes(router: Router, deps: Deps): void {
  router.add({
    method: 'post',
    path: '/api/circles/:circleId/codes/:codeId/cards',
    summary: 'Table cards for a code that the caller still knows: a PDF, several on a sheet and all alike',
    params: z.object({ circleId: CircleId, codeId: CodeId }),
    body: PrintTableCards,
    file: true,
    who: seated(deps),
    async handle({ who: seat, params, body, res }) {
      const circle = await readCircle(deps.db, params.circleId);
      if (!canPrintCards(seat, circle)) throw new LongtableError('notFound');
      res.set('Cache-Control', 'no-store');
      return printTableCards(deps, { ...params, ...body, partnershipId: circle.partnershipId });
    },
  });
}

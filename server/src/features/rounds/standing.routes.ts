import { LongtableError } from '@longtable/shared/errors';
import { DocumentId, PartnershipId } from '@longtable/shared/ids';
import { SectionDifference } from '@longtable/shared/protocol/http/difference';
import { SectionKey } from '@longtable/shared/protocol/http/heard';
import { Standing } from '@longtable/shared/protocol/http/standing';
import { z } from 'zod';
import type { Deps } from '../../platform/deps.ts';
import type { Router } from '../../platform/http.ts';
import { readDocument } from '../documents/documents.service.ts';
import { canSeeTable } from '../partnerships/partnerships.policy.ts';
import { seated } from '../people/people.service.ts';
import { rememberComparisons } from './has-changed.ts';
import { canSeeRound } from './rounds.policy.ts';
import { readDifference, readStanding } from './standing.service.ts';

export function registerStandingRoutes(router: Router, deps: Deps): void {
  const hasChanged = rememberComparisons();
  router.add({
    method: 'get',
    path: '/api/partnerships/:partnershipId/standing',
    summary: 'Where each section stands: who is heard, what is agreed, what is open',
    params: z.object({ partnershipId: PartnershipId }),
    answer: Standing,
    who: seated(deps),
    async handle({ who: seat, params }) {
      if (!canSeeTable(seat, params.partnershipId)) throw new LongtableError('notFound');
      return readStanding(deps, seat, hasChanged);
    },
  });

  router.add({
    method: 'get',
    path: '/api/documents/:documentId/sections/:section/difference',
    summary: 'What changed in a section since circles agreed to it, word by word',
    params: z.object({ documentId: DocumentId, section: SectionKey }),
    answer: SectionDifference,
    who: seated(deps),
    async handle({ who: seat, params }) {
      const document = await readDocument(deps.db, params.documentId);
      if (!canSeeRound(seat, document)) throw new LongtableError('notFound');
      return readDifference(deps, document, params.section);
    },
  });
}

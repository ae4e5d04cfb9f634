import { LongtableError } from '@longtable/shared/errors';
import { CircleId, DocumentId } from '@longtable/shared/ids';
import { SectionKey } from '@longtable/shared/protocol/http/heard';
import { CircleQuotes, DocumentWords, SayWords, SectionWords } from '@longtable/shared/protocol/http/words';
import { z } from 'zod';
import type { Deps } from '../../platform/deps.ts';
import type { Router } from '../../platform/http.ts';
import { readCircle } from '../circles/circles.service.ts';
import { readDocument } from '../documents/documents.service.ts';
import { seated } from '../people/people.service.ts';
import { circleQuotes } from './quotes.service.ts';
import { canSayWords, canSeeWhoShared } from './words.policy.ts';
import { readWords, sayWords, whoShared } from './words.service.ts';

export function registerWordsRoutes(router: Router, deps: Deps): void {
  const who = seated(deps);

  router.add({
    method: 'post',
    path: '/api/circles/:circleId/words',
    summary: "Shares the circle's own draft of a section, or passes; or takes either back",
    params: z.object({ circleId: CircleId }),
    body: SayWords,
    who,
    async handle({ who: seat, params, body }) {
      const circle = await readCircle(deps.db, params.circleId);
      if (!canSayWords(seat, circle)) throw new LongtableError('notFound');
      await sayWords(deps, circle, body);
    },
  });

  router.add({
    method: 'get',
    path: '/api/circles/:circleId/quotes',
    summary: "Where words that the circle shares or has taken back stand as quotes in the table's joint text",
    params: z.object({ circleId: CircleId }),
    answer: CircleQuotes,
    who,
    async handle({ who: seat, params }) {
      const circle = await readCircle(deps.db, params.circleId);
      if (!canSayWords(seat, circle)) throw new LongtableError('notFound');
      return circleQuotes(deps, circle);
    },
  });

  router.add({
    method: 'get',
    path: '/api/documents/:documentId/words',
    summary: 'Which circles have shared their own words, section by section',
    params: z.object({ documentId: DocumentId }),
    answer: DocumentWords,
    who,
    async handle({ who: seat, params }) {
      const document = await readDocument(deps.db, params.documentId);
      if (!canSeeWhoShared(seat, document)) throw new LongtableError('notFound');
      return whoShared(deps, document, seat);
    },
  });

  router.add({
    method: 'get',
    path: '/api/documents/:documentId/sections/:section/words',
    summary: "Circles' own words on a section, as far as this seat may read them",
    params: z.object({ documentId: DocumentId, section: SectionKey }),
    answer: SectionWords,
    who,
    async handle({ who: seat, params }) {
      const document = await readDocument(deps.db, params.documentId);
      if (!canSeeWhoShared(seat, document)) throw new LongtableError('notFound');
      return readWords(deps, document, params.section, seat);
    },
  });
}

import { LongtableError } from '@longtable/shared/errors';
import { DocumentId } from '@longtable/shared/ids';
import { DocumentOutline } from '@longtable/shared/protocol/http/documents';
import { z } from 'zod';
import type { Deps } from '../../platform/deps.ts';
import type { Router } from '../../platform/http.ts';
import { canReadDocument } from '../documents/documents.policy.ts';
import { readDocument } from '../documents/documents.service.ts';
import { seated } from '../people/people.service.ts';
import { roomsOfDocument } from './rooms.service.ts';

export function registerRoomRoutes(router: Router, deps: Deps): void {
  router.add({
    method: 'get',
    path: '/api/documents/:documentId',
    summary: 'A document: its sections and the rooms of each that this seat may read',
    params: z.object({ documentId: DocumentId }),
    answer: DocumentOutline,
    who: seated(deps),
    async handle({ who: seat, params }) {
      const document = await readDocument(deps.db, params.documentId);
      if (!canReadDocument(seat, document)) throw new LongtableError('notFound');
      return { ...document, sections: await roomsOfDocument(deps, document, seat.circleId) };
    },
  });
}

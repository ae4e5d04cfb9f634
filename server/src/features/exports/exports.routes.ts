import { LongtableError } from '@longtable/shared/errors';
import { DocumentId } from '@longtable/shared/ids';
import { ExportQuery } from '@longtable/shared/protocol/http/documents';
import { z } from 'zod';
import type { Deps } from '../../platform/deps.ts';
import type { Router } from '../../platform/http.ts';
import { canExportDocument } from '../documents/documents.policy.ts';
import { readDocument } from '../documents/documents.service.ts';
import { seated } from '../people/people.service.ts';
import { exportDocument } from './exports.service.ts';

export function registerExportRoutes(router: Router, deps: Deps): void {
  router.add({
    method: 'get',
    path: '/api/documents/:documentId/export',
    summary:
      'What is agreed and what is open of a document, or who does what by when, as PDF, DOCX or Markdown',
    params: z.object({ documentId: DocumentId }),
    query: ExportQuery,
    file: true,
    who: seated(deps),
    handle: async ({ who: seat, params: { documentId }, query, res }) => {
      if (!canExportDocument(seat, await readDocument(deps.db, documentId)))
        throw new LongtableError('notFound');
      res.set('Cache-Control', 'no-store');
      return exportDocument(deps, { documentId, ...query });
    },
  });
}

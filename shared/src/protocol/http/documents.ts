import { z } from 'zod';
import { DocumentId, PartnershipId, RoomId } from '../../ids.ts';
import { DocumentKind } from '../../documents/template.ts';
import { Locale } from './people.ts';

/** GET /api/documents/:documentId. Only rooms that the asking seat may read are named. */
export const DocumentOutline = z.object({
  id: DocumentId,
  partnershipId: PartnershipId,
  kind: DocumentKind,
  sections: z.array(
    z.object({
      key: z.string(),
      rooms: z.object({ partnership: RoomId, circle: RoomId.nullable() }),
    }),
  ),
});
export type DocumentOutline = z.infer<typeof DocumentOutline>;

export const ExportFormat = z.enum(['pdf', 'docx', 'md']);
export type ExportFormat = z.infer<typeof ExportFormat>;

/** GET /api/documents/:documentId/export?format=&locale= */
export const ExportQuery = z.object({ format: ExportFormat, locale: Locale.default('en') });
export type ExportQuery = z.infer<typeof ExportQuery>;

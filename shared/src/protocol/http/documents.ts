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

/** The whole document with its agreement record, or only its page of who does what by when. */
export const ExportPart = z.enum(['document', 'who-does-what']);
export type ExportPart = z.infer<typeof ExportPart>;

/** GET /api/documents/:documentId/export?format=&locale=&part= */
export const ExportQuery = z.object({
  format: ExportFormat,
  locale: Locale.default('en'),
  part: ExportPart.default('document'),
});
export type ExportQuery = z.infer<typeof ExportQuery>;

import type { DocumentKind } from '@longtable/shared/documents/template';
import type { DocumentId } from '@longtable/shared/ids';
import { loadMessages } from '@longtable/shared/locales/messages';
import type { ExportFormat } from '@longtable/shared/protocol/http/documents';
import type { Locale } from '@longtable/shared/protocol/http/people';
import type { Deps } from '../../platform/deps.ts';
import { readDocument } from '../documents/documents.service.ts';
import { readPartnership } from '../partnerships/partnerships.service.ts';
import { readJointSections } from '../rooms/rooms.service.ts';
import { buildExportDocument, type ExportDocument } from './export-document.ts';
import { renderApart } from './render-apart.ts';

export interface ExportedFile {
  bytes: Buffer;
  mediaType: string;
  fileName: string;
}

export interface ExportRequest {
  documentId: DocumentId;
  format: ExportFormat;
  locale: Locale;
}

const MEDIA_TYPES: Record<ExportFormat, string> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  md: 'text/markdown; charset=utf-8',
};

/** Lies in download folders and chats of phones that others hold: it names no group, title or subject. */
export const fileNameOf = (kind: DocumentKind, format: ExportFormat) => `longtable-${kind}.${format}`;

/**
 * What a document's joint sections say, as committed, in a file. Circles' own rooms are never read, and no
 * person's or circle's name is known here.
 *
 * @throws LongtableError notFound
 */
export async function exportDocument(
  deps: Pick<Deps, 'db' | 'keyring'>,
  { documentId, format, locale }: ExportRequest,
  render: (document: ExportDocument, format: ExportFormat) => Promise<Buffer> = renderApart,
): Promise<ExportedFile> {
  const { id, kind, partnershipId } = await readDocument(deps.db, documentId);
  const { title } = await readPartnership(deps, partnershipId);
  const sections = await readJointSections(deps, { id, kind });
  const document = buildExportDocument({ kind, title, sections }, await loadMessages(locale), locale);
  return {
    bytes: await render(document, format),
    mediaType: MEDIA_TYPES[format],
    fileName: fileNameOf(kind, format),
  };
}

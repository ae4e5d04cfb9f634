import { hasTasks } from '@longtable/shared/documents/tasks';
import type { DocumentKind } from '@longtable/shared/documents/template';
import { LongtableError } from '@longtable/shared/errors';
import type { DocumentId } from '@longtable/shared/ids';
import { loadMessages } from '@longtable/shared/locales/messages';
import type { ExportFormat, ExportPart } from '@longtable/shared/protocol/http/documents';
import type { Locale } from '@longtable/shared/protocol/http/people';
import type { Deps } from '../../platform/deps.ts';
import { circleNames } from '../circles/circles.service.ts';
import { readDocument } from '../documents/documents.service.ts';
import { readPartnership } from '../partnerships/partnerships.service.ts';
import { agreementRecord } from '../rounds/record.service.ts';
import { wordsTakenBack } from '../words/quotes.service.ts';
import { circlesOfWords } from '../words/words.service.ts';
import { buildExportDocument } from './build-document.ts';
import type { ExportDocument } from './export-document.ts';
import { renderApart } from './render-apart.ts';
import { leaveOutTakenBack } from './taken-back.ts';

export interface ExportedFile {
  bytes: Buffer;
  mediaType: string;
  fileName: string;
}

export interface ExportRequest {
  documentId: DocumentId;
  format: ExportFormat;
  locale: Locale;
  /** All of it, where nothing is said. */
  part?: ExportPart;
}

const MEDIA_TYPES: Record<ExportFormat, string> = {
  pdf: 'application/pdf',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  md: 'text/markdown; charset=utf-8',
};

/** Lies in download folders and chats of phones that others hold: it names no group, title or subject. */
export const fileNameOf = (kind: DocumentKind, part: ExportPart, format: ExportFormat) =>
  `longtable-${kind}${part === 'document' ? '' : `-${part}`}.${format}`;

/**
 * What is agreed of a document and what is open, as committed, in a file: the same for whoever asks. Circles' own
 * rooms are never read and no person's name is known here; a circle's name for outside stands only beside what the
 * circle has agreed to, is waited for, was not asked because it came later, or has put before the others in its own words.
 *
 * @throws LongtableError notFound, badRequest for a part that such a document does not have
 */
export async function exportDocument(
  deps: Pick<Deps, 'db' | 'keyring'>,
  { documentId, format, locale, part = 'document' }: ExportRequest,
  render: (document: ExportDocument, format: ExportFormat) => Promise<Buffer> = renderApart,
): Promise<ExportedFile> {
  const found = await readDocument(deps.db, documentId);
  const { kind, partnershipId } = found;
  if (part === 'who-does-what' && !hasTasks(kind)) throw new LongtableError('badRequest');
  const { title } = await readPartnership(deps, partnershipId);
  const circles = await circleNames(deps, partnershipId);
  const takenBack = await wordsTakenBack(deps, partnershipId);
  const records = (await agreementRecord(deps, found)).map((record) => leaveOutTakenBack(record, takenBack));
  const document = buildExportDocument(
    { kind, part, title, circles, records, quoted: await circlesOfWords(deps, found) },
    await loadMessages(locale),
    locale,
  );
  return {
    bytes: await render(document, format),
    mediaType: MEDIA_TYPES[format],
    fileName: fileNameOf(kind, part, format),
  };
}

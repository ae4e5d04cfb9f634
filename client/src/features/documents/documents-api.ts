import type { DocumentId, SeatId } from '@longtable/shared/ids';
import {
  DocumentOutline,
  type ExportFormat,
  type ExportPart,
} from '@longtable/shared/protocol/http/documents';
import type { Locale } from '@longtable/shared/protocol/http/people';
import { request, send } from '../../lib/http.ts';

export const fetchOutline = (seat: SeatId, documentId: DocumentId) =>
  request(DocumentOutline, `/api/documents/${documentId}`, { seat });

export interface ExportedFile {
  name: string;
  content: Blob;
}

export async function fetchExport(
  seat: SeatId,
  documentId: DocumentId,
  { part, format, locale }: { part: ExportPart; format: ExportFormat; locale: Locale },
): Promise<ExportedFile> {
  const query = new URLSearchParams({ part, format, locale });
  const response = await send(`/api/documents/${documentId}/export?${query}`, { seat });
  const name = readFileName(response.headers.get('content-disposition')) ?? `document.${format}`;
  return { name, content: await response.blob() };
}

/** RFC 6266: `filename*` in UTF-8 goes before the plain `filename`. */
export function readFileName(disposition: string | null): string | null {
  if (disposition === null) return null;
  const extended = /filename\*\s*=\s*UTF-8''([^;]+)/i.exec(disposition)?.[1];
  if (extended !== undefined) {
    try {
      return decodeURIComponent(extended.trim());
    } catch {
      // Badly encoded: fall back to the plain one.
    }
  }
  const plain = /filename\s*=\s*(?:"([^"]*)"|([^;]+))/i.exec(disposition);
  return plain?.[1] ?? plain?.[2]?.trim() ?? null;
}

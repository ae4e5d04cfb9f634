import type { ExportFormat } from '@longtable/shared/protocol/http/documents';
import type { ExportDocument } from './export-document.ts';

/** The same document always gives the same bytes, whoever asks and whenever. Loads only what the format needs. */
export async function render(document: ExportDocument, format: ExportFormat): Promise<Buffer> {
  switch (format) {
    case 'pdf':
      return (await import('./pdf.ts')).renderPdf(document);
    case 'docx':
      return (await import('./docx.ts')).renderDocx(document);
    case 'md':
      return (await import('./markdown.ts')).renderMarkdown(document);
  }
}

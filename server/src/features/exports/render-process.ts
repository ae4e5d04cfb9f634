import type { ExportFormat } from '@longtable/shared/protocol/http/documents';
import type { ExportDocument } from './export-document.ts';
import { render } from './render.ts';
import type { TableCardsSheet } from './table-cards-pdf.ts';

/** The other end of render-apart.ts: one document, or one sheet of cards, in, one answer out, then nothing more to do. */

export type RenderRequest = { document: ExportDocument; format: ExportFormat } | { cards: TableCardsSheet };

export type RenderAnswer = { bytes: Uint8Array } | { failure: string };

process.once('message', (request: RenderRequest) => {
  void answerTo(request).then((answer) => {
    process.send?.(answer, undefined, undefined, () => process.disconnect?.());
  });
});

async function answerTo(request: RenderRequest): Promise<RenderAnswer> {
  try {
    if ('cards' in request) {
      const { renderTableCards } = await import('./table-cards-pdf.ts');
      return { bytes: renderTableCards(request.cards) };
    }
    return { bytes: await render(request.document, request.format) };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : 'unknown failure' };
  }
}

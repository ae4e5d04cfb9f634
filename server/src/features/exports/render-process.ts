import type { ExportFormat } from '@longtable/shared/protocol/http/documents';
import type { ExportDocument } from './export-document.ts';
import { render } from './render.ts';

/** The other end of render-apart.ts: one document in, one answer out, then nothing more to do. */

export interface RenderRequest {
  document: ExportDocument;
  format: ExportFormat;
}

export type RenderAnswer = { bytes: Uint8Array } | { failure: string };

process.once('message', (request: RenderRequest) => {
  void answerTo(request).then((answer) => {
    process.send?.(answer, undefined, undefined, () => process.disconnect?.());
  });
});

async function answerTo({ document, format }: RenderRequest): Promise<RenderAnswer> {
  try {
    return { bytes: await render(document, format) };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : 'unknown failure' };
  }
}

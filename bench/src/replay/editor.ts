import type * as Y from 'yjs';
import { CodePoints } from './code-points.ts';
import { TraceError } from './trace-error.ts';
import type { Patch } from './trace.ts';

/**
 * Applies patches to a text, one after another. Follows others' changes to it as well, where the
 * session has characters of two UTF-16 units. Call inside a transaction.
 * @throws TraceError where a patch points beyond the text
 */
export function createEditor(text: Y.XmlText, isBmp: boolean): (patches: readonly Patch[]) => void {
  const points = new CodePoints();
  if (!isBmp) {
    text.observe((event, transaction) => {
      if (transaction.local) return;
      let index = 0;
      for (const { retain = 0, insert = '', delete: deleted = 0 } of event.delta) {
        index += retain;
        points.splice(index, deleted, String(insert));
        index += String(insert).length;
      }
    });
  }
  return (patches) => {
    for (const [position, deleted, inserted] of patches) {
      if (position + deleted > text.length - points.wideCount) {
        throw new TraceError(
          `An edit at ${position} of ${deleted} characters points beyond the text, which has ${text.length}.`,
        );
      }
      const start = points.toUtf16(position);
      const units = points.toUtf16(position + deleted) - start;
      if (units > 0) text.delete(start, units);
      if (inserted !== '') text.insert(start, inserted);
      if (!isBmp) points.splice(start, units, inserted);
    }
  };
}

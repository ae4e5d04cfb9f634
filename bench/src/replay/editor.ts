import * as Y from 'yjs';
import { CodePoints } from './code-points.ts';
import { TraceError } from './trace-error.ts';
import type { Patch } from './patch.ts';

/**
 * Applies patches to a text, one after another. Follows others' changes to it as well, where the
 * session has characters of two UTF-16 units. Call inside a transaction.
 * @throws TraceError where a patch points beyond the text
 */
export function createEditor(
  text: Y.XmlText,
  isBmp: boolean,
  insert: typeof insertAtCaret = (into, index, words) => into.insert(index, words),
): (patches: readonly Patch[]) => void {
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
      if (inserted !== '') insert(text, start, inserted);
      if (!isBmp) points.splice(start, units, inserted);
    }
  };
}

/**
 * Inserts exactly where the caret stood: right behind the last character before it, in front of any deleted
 * ones. `Y.Text.insert` goes behind those. Then someone who replaces a full stop and someone who writes on
 * behind it insert at one place, whose order depends on clientIDs, and which the recorded positions do
 * not know. Costs a walk along the text.
 */
export function insertAtCaret(text: Y.XmlText, index: number, inserted: string): void {
  const left = itemBefore(text, index);
  const right = left === null ? text._start : left?.right;
  const { doc } = text;
  if (left === undefined || !right?.deleted || !doc) {
    text.insert(index, inserted);
    return;
  }
  doc.transact((transaction) => {
    const id = Y.createID(doc.clientID, Y.getState(doc.store, doc.clientID));
    const content = new Y.ContentString(inserted);
    new Y.Item(id, left, left?.lastId ?? null, right, right.id, text, null, content).integrate(
      transaction,
      0,
    );
    // As Yjs does after any change that did not come through the type's own methods.
    if (text._searchMarker) text._searchMarker.length = 0;
  });
}

/** The item that ends at the index, null at the start, undefined inside an item. */
function itemBefore(text: Y.XmlText, index: number): Y.Item | null | undefined {
  if (index === 0) return null;
  let left = index;
  for (let item = text._start; item; item = item.right) {
    if (item.deleted || !item.countable) continue;
    if (item.length >= left) return item.length === left ? item : undefined;
    left -= item.length;
  }
  return undefined;
}

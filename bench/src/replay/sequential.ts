import * as Y from 'yjs';
import { firstText } from './block-text.ts';
import { createEditor } from './editor.ts';
import type { Patch } from './patch.ts';
import type { Writer } from './writer.ts';

/** Transactions that a client writes before the next one takes over: about a page. */
const TURN_TXNS = 2_000;

/**
 * Clients take turns. Each begins once its document has all that was written and deleted before, so every
 * word has gone through the server to whoever writes on. `onEdits` hears after each transaction how many
 * edits it had.
 */
export async function replaySequential(
  txns: readonly Patch[][],
  isBmp: boolean,
  writers: readonly Writer[],
  onEdits: (count: number) => void,
): Promise<void> {
  const hands = writers.map((writer) => {
    const text = firstText(writer.doc);
    if (!text) throw new Error('the block is not there yet');
    return { writer, text, edit: createEditor(text, isBmp) };
  });
  let written: { clocks: Map<number, number>; length: number } | null = null;
  for (let start = 0; start < txns.length; start += TURN_TXNS) {
    const hand = hands[(start / TURN_TXNS) % hands.length];
    if (!hand) throw new Error('nobody is there to write');
    const { writer, text, edit } = hand;
    const before = written;
    if (before)
      await writer.until(() => hasAll(writer.doc, text, before), 'what was written before its turn');
    for (const patches of txns.slice(start, start + TURN_TXNS)) {
      await writer.ready();
      writer.doc.transact(() => edit(patches));
      onEdits(patches.length);
    }
    written = { clocks: Y.decodeStateVector(Y.encodeStateVector(writer.doc)), length: text.length };
  }
}

/** With every insertion here, an equal length says that every deletion is here too. */
function hasAll(
  doc: Y.Doc,
  text: Y.XmlText,
  written: { clocks: Map<number, number>; length: number },
): boolean {
  if (text.length !== written.length) return false;
  return [...written.clocks].every(([client, clock]) => Y.getState(doc.store, client) >= clock);
}

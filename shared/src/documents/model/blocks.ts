import * as Y from 'yjs';
import type { CanonicalBlock, Run } from '../canonical.ts';
import { BLOCK_NODE, textFragment } from './keys.ts';

/** Puts blocks after all that stands in the section, each born with its text, as one change. */
export function appendBlocks(doc: Y.Doc, blocks: readonly CanonicalBlock[]): void {
  doc.transact(() => textFragment(doc).push(blocks.map(toElement)));
}

/**
 * Leaves a neutral gap where words of a circle were quoted: the characters go, the block stays, because
 * deleting it would take along what a neighbour is typing there. Gives the number of quotes that had words.
 */
export function leaveGaps(doc: Y.Doc, cites: string): number {
  const quotes = quotesOf(doc, cites).filter((texts) => texts.some((text) => text.length > 0));
  doc.transact(() => {
    for (const texts of quotes) for (const text of texts) text.delete(0, text.length);
  });
  return quotes.length;
}

const quotesOf = (doc: Y.Doc, cites: string): Y.XmlText[][] =>
  textFragment(doc)
    .toArray()
    .filter((node): node is Y.XmlElement => node instanceof Y.XmlElement)
    .filter((block) => block.getAttribute('cites') === cites)
    .map((block) => block.toArray().filter((text): text is Y.XmlText => text instanceof Y.XmlText));

function toElement({ kind, level, indent, cites, runs }: CanonicalBlock): Y.XmlElement {
  const block = new Y.XmlElement<Record<string, string | number>>(BLOCK_NODE);
  const attributes = { kind, level, indent, cites };
  for (const [key, value] of Object.entries(attributes))
    if (value !== undefined) block.setAttribute(key, value);
  const text = new Y.XmlText();
  text.applyDelta(runs.map((run) => ({ insert: run.text, attributes: marksOf(run) })));
  block.insert(0, [text]);
  return block as unknown as Y.XmlElement;
}

/** As the editor writes them: a mark without settings is an empty object. */
const marksOf = ({ bold, italic, href }: Run): Record<string, object> => ({
  ...(bold ? { bold: {} } : {}),
  ...(italic ? { italic: {} } : {}),
  ...(href === undefined ? {} : { link: { href } }),
});

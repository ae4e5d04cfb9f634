import { BLOCK_NODE, textFragment } from '@longtable/shared/documents/model/keys';
import * as Y from 'yjs';

/** The whole session is written into one paragraph, with line breaks inside it. */
export function addBlock(doc: Y.Doc): void {
  const block = new Y.XmlElement(BLOCK_NODE);
  block.insert(0, [new Y.XmlText()]);
  textFragment(doc).insert(0, [block]);
}

/** The text of the first block, or null before it has arrived. */
export function firstText(doc: Y.Doc): Y.XmlText | null {
  const block = textFragment(doc).get(0);
  const text = block instanceof Y.XmlElement ? block.get(0) : null;
  return text instanceof Y.XmlText ? text : null;
}

/** The section's text as it stands, one line a block. */
export function readText(doc: Y.Doc): string {
  return textFragment(doc)
    .toArray()
    .map((block) => (block instanceof Y.XmlElement ? block.toArray().map(wordsOf).join('') : ''))
    .join('\n');
}

function wordsOf(node: unknown): string {
  if (!(node instanceof Y.XmlText)) return '';
  return (node.toDelta() as { insert: unknown }[]).map(({ insert }) => String(insert)).join('');
}

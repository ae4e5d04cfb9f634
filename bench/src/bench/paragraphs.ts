import { BLOCK_NODE, textFragment } from '@longtable/shared/documents/model/keys';
import * as Y from 'yjs';

/** Documents have Longtable's shape on every server: paragraphs in a row. */
export function addParagraphs(doc: Y.Doc, count: number): void {
  const blocks = Array.from({ length: count }, () => {
    const block = new Y.XmlElement(BLOCK_NODE);
    block.insert(0, [new Y.XmlText()]);
    return block;
  });
  doc.transact(() => textFragment(doc).insert(0, blocks));
}

export const paragraphCount = (doc: Y.Doc): number => textFragment(doc).length;

export function paragraphOf(doc: Y.Doc, index: number): Y.XmlText {
  const block = textFragment(doc).get(index);
  const text = block instanceof Y.XmlElement ? block.get(0) : null;
  if (!(text instanceof Y.XmlText)) throw new Error(`there is no paragraph ${index}`);
  return text;
}

import { describe, expect, it } from '@jest/globals';
import * as Y from 'yjs';
import type { CanonicalBlock } from '../canonical.ts';
import type { Section } from '../template.ts';
import { appendBlocks, leaveGaps } from './blocks.ts';
import { createRoomChecker } from './check.ts';
import { textFragment } from './keys.ts';
import { readSection } from './read-section.ts';

const section: Section = { key: 'test', number: 1, isStarred: false, heard: 'all', fields: [] };
const theirs = 'a2c3f1de-5c39-4b39-9a29-0d5b0a0a1f01';
const others = 'b2c3f1de-5c39-4b39-9a29-0d5b0a0a1f02';
const quote = (cites: string, text: string): CanonicalBlock => ({ kind: 'quote', cites, runs: [{ text }] });

const blocksOf = (doc: Y.Doc) => readSection(doc, section, 'partnership').blocks;

/** What the server would say of each change to this document, as it happens. */
function watch(doc: Y.Doc): (string | null)[] {
  const checker = createRoomChecker(doc, section, 'partnership');
  const found: (string | null)[] = [];
  doc.on('afterTransaction', (transaction: Y.Transaction) => found.push(checker.findFault(transaction)));
  return found;
}

describe('blocks put into a section as a whole', () => {
  it('stand after what is there, read back as they were, and fit the section', () => {
    const doc = new Y.Doc();
    const faults = watch(doc);
    const blocks: CanonicalBlock[] = [
      { kind: 'heading', level: 2, runs: [{ text: 'Who' }] },
      { kind: 'bullet', indent: 1, runs: [{ text: 'a ' }, { text: 'b', bold: true, italic: true }] },
      { kind: 'quote', cites: theirs, runs: [{ text: 'see', href: 'https://example.org' }] },
      { kind: 'paragraph', runs: [{ text: 'end' }] },
    ];
    appendBlocks(doc, blocks.slice(0, 1));
    appendBlocks(doc, blocks.slice(1));
    expect(blocksOf(doc)).toEqual(blocks);
    expect(faults).toEqual([null, null]);
  });

  it('may not say that they are from anything but shared words', () => {
    const doc = new Y.Doc();
    const faults = watch(doc);
    appendBlocks(doc, [quote('Baobab', 'no id')]);
    expect(faults).toEqual(['block attribute "cites"']);
  });
});

describe('words taken back', () => {
  it('leave a gap where they were quoted, and everything else as it was', () => {
    const doc = new Y.Doc();
    appendBlocks(doc, [
      { kind: 'paragraph', runs: [{ text: 'before' }] },
      quote(theirs, 'one'),
      quote(others, 'two'),
      quote(theirs, 'three'),
      { kind: 'paragraph', runs: [{ text: 'after' }] },
    ]);
    const faults = watch(doc);
    expect(leaveGaps(doc, theirs)).toBe(2);
    expect(blocksOf(doc)).toEqual([
      { kind: 'paragraph', runs: [{ text: 'before' }] },
      { kind: 'quote', cites: theirs, runs: [] },
      quote(others, 'two'),
      { kind: 'quote', cites: theirs, runs: [] },
      { kind: 'paragraph', runs: [{ text: 'after' }] },
    ]);
    expect(faults).toEqual([null]);
    expect(leaveGaps(doc, theirs)).toBe(0);
  });

  it('leave their gap at the end of a section too, where blank lines are left out', () => {
    const doc = new Y.Doc();
    appendBlocks(doc, [{ kind: 'paragraph', runs: [{ text: 'before' }] }, quote(theirs, 'one')]);
    leaveGaps(doc, theirs);
    appendBlocks(doc, [{ kind: 'paragraph', runs: [] }]);
    expect(blocksOf(doc)).toEqual([
      { kind: 'paragraph', runs: [{ text: 'before' }] },
      { kind: 'quote', cites: theirs, runs: [] },
    ]);
  });

  it('keep the block, so that what a neighbour types there offline is not lost', () => {
    const [mine, neighbour] = [new Y.Doc(), new Y.Doc()];
    appendBlocks(mine, [quote(theirs, 'theirs')]);
    Y.applyUpdate(neighbour, Y.encodeStateAsUpdate(mine));
    leaveGaps(mine, theirs);
    const block = textFragment(neighbour).get(0) as Y.XmlElement;
    (block.get(0) as Y.XmlText).insert(6, ' and mine');
    Y.applyUpdate(mine, Y.encodeStateAsUpdate(neighbour));
    expect(blocksOf(mine)).toEqual([quote(theirs, ' and mine')]);
  });
});

import { describe, expect, it } from '@jest/globals';
import * as Y from 'yjs';
import type { CanonicalSection } from '../canonical.ts';
import { sectionOf } from '../templates/templates.ts';
import { createRoomChecker } from './check.ts';
import { readSection } from './read-section.ts';
import { readRows } from './rows.ts';
import { writeCell, writeSection } from './write-section.ts';

const section = sectionOf('plan', 'what-will-be-different');
const field = section.fields.find((each) => each.kind === 'rows')!;

const content: CanonicalSection = {
  v: 1,
  section: section.key,
  blocks: [
    { kind: 'heading', level: 2, runs: [{ text: 'Here' }] },
    {
      kind: 'bullet',
      indent: 1,
      runs: [
        { text: 'Tea ' },
        { text: 'and', bold: true },
        { text: ' خبز', italic: true, href: 'https://a.b' },
      ],
    },
    {
      kind: 'quote',
      cites: 'a2c3f1de-5c39-4b39-9a29-0d5b0a0a1f01',
      runs: [{ text: 'Rent decides for us.' }],
    },
  ],
  fields: [
    {
      key: 'outcomes',
      kind: 'rows',
      rows: [
        { outcome: 'Open eyes\nعين واضحة', 'wellbeing-domain': ['safety', 'mastery'], level: 'community' },
        { outcome: 'A bed' },
      ],
    },
  ],
};

const newDoc = () => {
  const doc = new Y.Doc();
  const checker = createRoomChecker(doc, section, 'partnership');
  const faults: (string | null)[] = [];
  doc.on('afterTransaction', (transaction) => faults.push(checker.findFault(transaction)));
  return { doc, faults };
};

describe('writing a section', () => {
  it('is read back word for word, and is what the server takes', () => {
    const { doc, faults } = newDoc();
    writeSection(doc, section, 'partnership', content);
    expect(readSection(doc, section, 'partnership')).toEqual(content);
    expect(faults).toEqual([null]);
  });

  it('changes one cell and no other', () => {
    const { doc, faults } = newDoc();
    writeSection(doc, section, 'partnership', content);
    if (field.kind !== 'rows') throw new Error('the section under test has a table');
    const [first] = readRows(doc, field);
    writeCell(doc, field, first!.id, 'outcome', 'Other words');
    writeCell(doc, field, first!.id, 'level', 'societal');
    const read = readSection(doc, section, 'partnership').fields[0];
    expect(read).toMatchObject({
      rows: [
        { outcome: 'Other words', level: 'societal', 'wellbeing-domain': ['safety', 'mastery'] },
        { outcome: 'A bed' },
      ],
    });
    expect(faults.filter(Boolean)).toEqual([]);
  });
});

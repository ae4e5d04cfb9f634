import { describe, expect, it } from '@jest/globals';
import * as Y from 'yjs';
import type { Section } from '../template.ts';
import { BLOCK_NODE, textField, textFragment } from './keys.ts';
import { plainText, readLifted, readSection } from './read-section.ts';
import {
  addRow,
  liftRow,
  putBackRow,
  readRows,
  removeRow,
  restoreRow,
  setCell,
  type RowsField,
} from './rows.ts';

const things: RowsField = {
  key: 'things',
  kind: 'rows',
  audience: 'partnership',
  columns: [
    { key: 'what', kind: 'text' },
    { key: 'level', kind: 'choice', options: ['low', 'high'] },
    { key: 'stages', kind: 'choices', options: ['first', 'second', 'third'] },
    { key: 'due', kind: 'date' },
  ],
};
const section: Section = {
  key: 'test',
  number: 1,
  isStarred: false,
  heard: 'all',
  fields: [
    things,
    { key: 'note', kind: 'text', audience: 'partnership' },
    { key: 'own', kind: 'text', audience: 'circle' },
  ],
};

function addBlock(doc: Y.Doc, attributes: Record<string, unknown>, text: string): Y.XmlText {
  const block = new Y.XmlElement(BLOCK_NODE);
  for (const [key, value] of Object.entries(attributes)) block.setAttribute(key, value as string);
  const content = new Y.XmlText(text);
  block.insert(0, [content]);
  textFragment(doc).push([block]);
  return content;
}

describe('canonical content of a section', () => {
  it('reads blocks with their kind, depth and marks, and drops blank ends', () => {
    const doc = new Y.Doc();
    addBlock(doc, { kind: 'heading', level: 2 }, 'Title');
    const text = addBlock(doc, { kind: 'bullet', indent: 1 }, 'bold and linked');
    text.format(0, 4, { bold: {} });
    text.format(9, 6, { link: { href: 'https://example.org' } });
    addBlock(doc, { kind: 'paragraph' }, '');
    expect(readSection(doc, section, 'partnership').blocks).toEqual([
      { kind: 'heading', level: 2, runs: [{ text: 'Title' }] },
      {
        kind: 'bullet',
        indent: 1,
        runs: [
          { text: 'bold', bold: true },
          { text: ' and ' },
          { text: 'linked', href: 'https://example.org' },
        ],
      },
    ]);
  });

  it('says whose words a quote is, and nothing new of any other block', () => {
    const doc = new Y.Doc();
    const cites = 'a2c3f1de-5c39-4b39-9a29-0d5b0a0a1f01';
    addBlock(doc, { kind: 'quote', cites }, 'theirs');
    addBlock(doc, { kind: 'quote' }, 'nobody’s');
    addBlock(doc, { kind: 'paragraph', cites }, 'changed since');
    expect(readSection(doc, section, 'partnership').blocks).toEqual([
      { kind: 'quote', cites, runs: [{ text: 'theirs' }] },
      { kind: 'quote', runs: [{ text: 'nobody’s' }] },
      { kind: 'paragraph', runs: [{ text: 'changed since' }] },
    ]);
  });

  it('brings every spelling of a letter to one form', () => {
    const doc = new Y.Doc();
    addBlock(doc, { kind: 'paragraph' }, 'cafe\u0301');
    textField(doc, 'note').insert(0, 'e\u0301');
    const canonical = readSection(doc, section, 'partnership');
    expect(plainText(canonical)).toBe('caf\u00e9');
    expect(canonical.fields).toEqual([{ key: 'note', kind: 'text', text: '\u00e9' }]);
  });

  it('reads rows without blanks, choices in the order of the template, and leaves removed rows out', () => {
    const doc = new Y.Doc();
    const first = addRow(doc, things);
    const second = addRow(doc, things);
    addRow(doc, things);
    const what = readRows(doc, things)[0]?.cells['what'];
    if (!(what instanceof Y.Text)) throw new Error('a row brings its texts');
    what.insert(0, 'meet weekly');
    setCell(doc, 'things', first, 'stages', ['third', 'first', 'gone']);
    setCell(doc, 'things', first, 'level', 'high');
    setCell(doc, 'things', first, 'level', null);
    setCell(doc, 'things', second, 'due', '2027-01-31');
    removeRow(doc, 'things', second);
    expect(readSection(doc, section, 'partnership').fields).toEqual([
      { key: 'things', kind: 'rows', rows: [{ what: 'meet weekly', stages: ['first', 'third'] }] },
    ]);
    restoreRow(doc, 'things', second);
    expect(readRows(doc, things)).toHaveLength(3);
  });

  it('leaves lifted rows out, and names them apart until they are put back', () => {
    const doc = new Y.Doc();
    const [kept, disputed] = [addRow(doc, things), addRow(doc, things)];
    setCell(doc, 'things', kept, 'level', 'low');
    setCell(doc, 'things', disputed, 'level', 'high');
    const all = readSection(doc, section, 'partnership');
    liftRow(doc, 'things', disputed);
    expect(readSection(doc, section, 'partnership').fields).toEqual([
      { key: 'things', kind: 'rows', rows: [{ level: 'low' }] },
    ]);
    expect(readLifted(doc, section, 'partnership')).toEqual([
      { key: 'things', kind: 'rows', rows: [{ level: 'high' }] },
    ]);
    putBackRow(doc, 'things', disputed);
    expect(readSection(doc, section, 'partnership')).toEqual(all);
    expect(readLifted(doc, section, 'partnership')).toEqual([]);
  });

  it('keeps what a neighbour types offline into a row that is removed meanwhile', () => {
    const [here, there] = [new Y.Doc(), new Y.Doc()];
    const id = addRow(here, things);
    Y.applyUpdate(there, Y.encodeStateAsUpdate(here));
    (readRows(there, things)[0]?.cells['what'] as Y.Text).insert(0, 'do not lose me');
    removeRow(here, 'things', id);
    Y.applyUpdate(here, Y.encodeStateAsUpdate(there));
    restoreRow(here, 'things', id);
    expect(String(readRows(here, things)[0]?.cells['what'])).toBe('do not lose me');
  });

  it('never reads a circle\u2019s own field into the joint section', () => {
    const doc = new Y.Doc();
    textField(doc, 'own').insert(0, 'ours alone');
    expect(JSON.stringify(readSection(doc, section, 'partnership'))).not.toContain('ours alone');
    expect(readSection(doc, section, 'circle').fields).toEqual([
      { key: 'own', kind: 'text', text: 'ours alone' },
    ]);
  });
});

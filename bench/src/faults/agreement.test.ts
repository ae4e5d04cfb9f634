import { describe, expect, it } from '@jest/globals';
import * as Y from 'yjs';
import { disagreements, type Holder } from './agreement.ts';
import { Ledger } from './ledger.ts';
import { wordOf } from './words.ts';

const word = wordOf(1, 1);

function setUp() {
  const ledger = new Ledger();
  const doc = new Y.Doc();
  let update: Uint8Array = new Uint8Array();
  doc.on('update', (bytes: Uint8Array) => (update = bytes));
  doc.getText('t').insert(0, word);
  ledger.wrote('Ada', update);
  ledger.acknowledged(update);
  const holder = (name: string, change: Partial<Holder> = {}): Holder => ({
    name,
    content: word,
    stateVector: 'AQ==',
    text: word,
    isWhole: true,
    ...change,
  });
  return { ledger, holder };
}

describe('the agreement of all who hold a room', () => {
  it('is there where store, pages and export are equal', () => {
    const { ledger, holder } = setUp();
    expect(disagreements(ledger, holder('the store'), [holder('Bo')], `# 1\n\n${word}\n`)).toEqual([]);
  });

  it.each<[string, Partial<Holder>, Partial<Holder>, string, RegExp]>([
    [
      'an acknowledged edit is not in the store',
      { text: '', content: '' },
      {},
      '',
      /acknowledged, and is lost/,
    ],
    ['a page shows something else', {}, { content: `${word}!`, text: `${word}!` }, word, /Bo: other content/],
    ['a page has another state vector', {}, { stateVector: 'Ag==' }, word, /Bo: another state vector/],
    ['a page holds something back', {}, { isWhole: false }, word, /Bo: holds back/],
    ['the export has lost it', {}, {}, '# 1', /the export: other words/],
  ])('is broken where %s', (_what, stored, page, exported, fault) => {
    const { ledger, holder } = setUp();
    const faults = disagreements(ledger, holder('the store', stored), [holder('Bo', page)], exported);
    expect(faults.join('\n')).toMatch(fault);
  });

  it('says few faults of many, and how many more', () => {
    const { ledger, holder } = setUp();
    const pages = Array.from({ length: 30 }, (_, nth) => holder(`page ${nth}`, { stateVector: 'Ag==' }));
    expect(disagreements(ledger, holder('the store'), pages, word)).toHaveLength(21);
  });
});

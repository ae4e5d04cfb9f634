import { describe, expect, it } from '@jest/globals';
import type { CanonicalSection } from '@longtable/shared/documents/canonical';
import { canonicalBytes } from '@longtable/shared/documents/canonical-bytes';
import type { Section } from '@longtable/shared/documents/template';
import fc from 'fast-check';
import { differenceOf, hasWordChanges } from './difference.ts';

const section: Section = {
  key: 'test',
  number: 1,
  isStarred: false,
  heard: 'all',
  fields: [
    { key: 'note', kind: 'text', audience: 'partnership' },
    {
      key: 'things',
      kind: 'rows',
      audience: 'partnership',
      columns: [
        { key: 'what', kind: 'text' },
        { key: 'stages', kind: 'choices', options: ['first', 'second'] },
      ],
    },
  ],
};

const say = (text: string, fields: CanonicalSection['fields'] = []): CanonicalSection => ({
  v: 1,
  section: 'test',
  blocks:
    text === ''
      ? []
      : text.split('\n').map((line) => ({ kind: 'paragraph', runs: line === '' ? [] : [{ text: line }] })),
  fields,
});
const rows = (...list: Record<string, string | string[]>[]): CanonicalSection['fields'] => [
  { key: 'things', kind: 'rows', rows: list },
];

describe('what changed since it was agreed', () => {
  it('is told by words', () => {
    expect(differenceOf(section, say('We meet on Monday.'), say('We meet on Friday.')).text).toEqual([
      { kind: 'same', text: 'We meet on ' },
      { kind: 'removed', text: 'Monday' },
      { kind: 'added', text: 'Friday' },
      { kind: 'same', text: '.' },
    ]);
  });

  it('is told by words in Arabic, not by letters', () => {
    expect(differenceOf(section, say('نلتقي يوم الاثنين'), say('نلتقي يوم الجمعة')).text).toEqual([
      { kind: 'same', text: 'نلتقي يوم ' },
      { kind: 'removed', text: 'الاثنين' },
      { kind: 'added', text: 'الجمعة' },
    ]);
  });

  it('is no change of words when a quote gains or loses whose words it is', () => {
    const before = say('We meet on Monday.');
    const after = say('We meet on Monday.');
    after.blocks[0] = { ...after.blocks[0]!, kind: 'quote', cites: 'a2c3f1de-5c39-4b39-9a29-0d5b0a0a1f01' };
    expect(hasWordChanges(differenceOf(section, before, after))).toBe(false);
    expect(canonicalBytes(after)).not.toEqual(canonicalBytes(before));
  });

  it('matches rows that stayed, and shows what changed within one', () => {
    const before = say(
      '',
      rows({ what: 'meet weekly' }, { what: 'open a fund', stages: ['first'] }, { what: 'leave' }),
    );
    const after = say('', rows({ what: 'meet weekly' }, { what: 'open a small fund', stages: ['second'] }));
    const [field] = differenceOf(section, before, after).fields;
    expect(field).toEqual({
      kind: 'rows',
      key: 'things',
      rows: [
        { kind: 'same', cells: [{ column: 'what', parts: [{ kind: 'same', text: 'meet weekly' }] }] },
        {
          kind: 'changed',
          cells: [
            {
              column: 'what',
              parts: [
                { kind: 'same', text: 'open a ' },
                { kind: 'added', text: 'small ' },
                { kind: 'same', text: 'fund' },
              ],
            },
            {
              column: 'stages',
              parts: [
                { kind: 'removed', text: 'first' },
                { kind: 'added', text: 'second' },
              ],
            },
          ],
        },
        { kind: 'removed', cells: [{ column: 'what', parts: [{ kind: 'removed', text: 'leave' }] }] },
      ],
    });
  });

  it('put together gives exactly the old words and the new ones', () => {
    const text = fc
      .array(fc.constantFrom('a', 'اب', ' ', '\n', '.', 'word', '語', '👩‍👩‍👧'), { maxLength: 30 })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const { text: parts } = differenceOf(section, say(before), say(after));
        const without = (kind: string) =>
          parts
            .filter((part) => part.kind !== kind)
            .map((part) => part.text)
            .join('');
        expect(without('added')).toBe(before);
        expect(without('removed')).toBe(after);
        expect(hasWordChanges({ text: parts, fields: [] })).toBe(before !== after);
      }),
    );
  });

  it('of two long texts with nothing in common does not take long', () => {
    const long = (word: string) => Array.from({ length: 20_000 }, (_, i) => `${word}${i}`).join(' ');
    const { text } = differenceOf(section, say(long('a')), say(long('b')));
    expect(text.some(({ kind }) => kind === 'removed')).toBe(true);
  });

  it('of many fields with nothing in common takes one time for all, and shows what is left whole', () => {
    const many: Section = {
      ...section,
      fields: Array.from({ length: 20 }, (_, i) => ({ key: `${i}`, kind: 'text', audience: 'partnership' })),
    };
    const texts = (word: string): CanonicalSection['fields'] =>
      many.fields.map(({ key }) => ({
        key,
        kind: 'text',
        text: Array.from({ length: 4_000 }, (_, i) => `${word}${i}`).join(' '),
      }));
    const budgetMs = 100;
    const startMs = performance.now();
    const { fields } = differenceOf(many, say('', texts('a')), say('', texts('b')), budgetMs);
    // Twenty times the budget, and the words of all, without one time for all.
    expect(performance.now() - startMs).toBeLessThan(8 * budgetMs);
    const last = fields.at(-1)!;
    expect(last.kind === 'text' && last.parts.map(({ kind }) => kind)).toEqual(['removed', 'added']);
  });
});

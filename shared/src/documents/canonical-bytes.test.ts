import { describe, expect, it } from '@jest/globals';
import type { CanonicalSection } from './canonical.ts';
import { canonicalBytes, canonicalText } from './canonical-bytes.ts';

const section = (
  blocks: CanonicalSection['blocks'],
  fields: CanonicalSection['fields'] = [],
): CanonicalSection => ({
  v: 1,
  section: 'what-we-will-do',
  blocks,
  fields,
});

/** Never edit a vector: a changed byte makes every consent given so far unverifiable. */
describe('canonical bytes v1', () => {
  it('sorts keys and writes no spaces', () => {
    expect(canonicalText(section([{ kind: 'heading', level: 2, runs: [{ text: 'Who', bold: true }] }]))).toBe(
      '{"blocks":[{"kind":"heading","level":2,"runs":[{"bold":true,"text":"Who"}]}],"fields":[],"section":"what-we-will-do","v":1}',
    );
  });

  it('says whose words a quote is', () => {
    const cites = 'a2c3f1de-5c39-4b39-9a29-0d5b0a0a1f01';
    expect(canonicalText(section([{ kind: 'quote', cites, runs: [{ text: 'No debts' }] }]))).toBe(
      `{"blocks":[{"cites":"${cites}","kind":"quote","runs":[{"text":"No debts"}]}],"fields":[],"section":"what-we-will-do","v":1}`,
    );
  });

  it('sorts by UTF-16 units, as RFC 8785 3.2.3 asks', () => {
    const rows = [
      {
        '\u20ac': 'a',
        '\r': 'b',
        '\ufb33': 'c',
        '1': 'd',
        '\ud83d\ude00': 'e',
        '\u0080': 'f',
        '\u00f6': 'g',
      },
    ];
    expect(canonicalText(section([], [{ key: 'activities', kind: 'rows', rows }]))).toBe(
      '{"blocks":[],"fields":[{"key":"activities","kind":"rows","rows":[{"\\r":"b","1":"d","\u0080":"f","ö":"g","€":"a","😀":"e","\ufb33":"c"}]}],"section":"what-we-will-do","v":1}',
    );
  });

  it('escapes only what RFC 8785 3.2.2.2 escapes', () => {
    const text = '\u20ac$\u000F\u000aA\'B"\\\\"/\u2028';
    expect(canonicalText(section([{ kind: 'paragraph', runs: [{ text }] }]))).toContain(
      '"text":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/\u2028"',
    );
  });

  it('gives one sequence of bytes for one word however it was typed', () => {
    const composed = section([{ kind: 'paragraph', runs: [{ text: 'caf\u00e9' }] }]);
    const decomposed = section([{ kind: 'paragraph', runs: [{ text: 'cafe\u0301' }] }]);
    expect(canonicalBytes(decomposed)).toEqual(canonicalBytes(composed));
  });

  it('keeps what NFC keeps apart: case, spaces, zero-width characters', () => {
    const texts = ['a b', 'a  b', 'a\u200bb', 'A b', 'a\u00a0b'];
    const bytes = texts.map((text) => canonicalText(section([{ kind: 'paragraph', runs: [{ text }] }])));
    expect(new Set(bytes).size).toBe(texts.length);
  });

  it('writes half an emoji as U+FFFD rather than failing', () => {
    expect(canonicalText(section([{ kind: 'paragraph', runs: [{ text: 'a\ud83d' }] }]))).toContain(
      '"text":"a\ufffd"',
    );
  });

  it('is UTF-8', () => {
    const bytes = canonicalBytes(section([], [{ key: 'k', kind: 'text', text: '語' }]));
    expect(Array.from(bytes).join(' ')).toContain('34 232 170 158 34');
  });
});

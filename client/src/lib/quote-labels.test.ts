import { describe, expect, it } from '@jest/globals';
import { labelQuotes, type LabelledBlock } from './quote-labels.ts';

const quote = (source: string | null, isEmpty = false): LabelledBlock => ({ isQuote: true, source, isEmpty });
const paragraph: LabelledBlock = { isQuote: false, source: null, isEmpty: false };
const labels = (...blocks: LabelledBlock[]) =>
  labelQuotes(blocks, (source, isGap) => (isGap ? 'gap' : source === null ? 'a quote' : `of ${source}`));

describe('Whose words a quote is', () => {
  it('is said once above all that follow of one source', () => {
    expect(labels(quote('A'), quote('A'), quote('B'))).toEqual(['of A', null, 'of B']);
  });

  it('is said again after anything else', () => {
    expect(labels(quote('A'), paragraph, quote('A'))).toEqual(['of A', null, 'of A']);
  });

  it('is not said of words that are nobody’s, but where they would read as those of the circle above', () => {
    expect(labels(quote(null), quote(null))).toEqual([null, null]);
    expect(labels(quote('A'), quote(null), quote(null), quote('A'))).toEqual([
      'of A',
      'a quote',
      null,
      'of A',
    ]);
    expect(labels(quote('A'), quote(null, true), quote(null))).toEqual(['of A', null, 'a quote']);
    expect(labels(quote('A'), paragraph, quote(null))).toEqual(['of A', null, null]);
  });

  it('gives way to one gap where words were taken back', () => {
    expect(labels(quote('A', true), quote('A', true), quote('B'), quote('B', true))).toEqual([
      'gap',
      null,
      'of B',
      'gap',
    ]);
  });
});

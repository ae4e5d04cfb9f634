/**
 * What stands above a quote of these words, or of nobody's where `source` is null; for `isGap`, in place of words that
 * were taken back.
 */
export type LabelOf = (source: string | null, isGap: boolean) => string;

export interface LabelledBlock {
  isQuote: boolean;
  source: string | null;
  isEmpty: boolean;
}

/**
 * The label above each block, null where none is: one above neighbours of one source. A quote that is nobody's says so
 * only where it would read as more of the one above it, and nobody is made to say what they did not.
 */
export function labelQuotes(blocks: readonly LabelledBlock[], labelOf: LabelOf): (string | null)[] {
  let above = '';
  return blocks.map(({ isQuote, source, isEmpty }) => {
    if (!isQuote) {
      above = '';
      return null;
    }
    if (source === null && (isEmpty || above === '')) return null;
    const label = labelOf(source, isEmpty);
    if (label === above) return null;
    above = label;
    return label;
  });
}

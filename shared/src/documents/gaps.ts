import type { CanonicalBlock, CanonicalSection } from './canonical.ts';
import { canonicalText } from './canonical-bytes.ts';

/** Ids of shared words that their circle has taken back: what quotes them is shown to nobody any more. */
export type TakenBack = ReadonlySet<string>;

/** A gap for every quote of words that were taken back; the same object where there is none. */
export function withGaps(content: CanonicalSection, takenBack: TakenBack): CanonicalSection {
  const isGone = ({ cites, runs }: CanonicalBlock) =>
    cites !== undefined && takenBack.has(cites) && runs.length > 0;
  if (!content.blocks.some(isGone)) return content;
  return {
    ...content,
    blocks: content.blocks.map((block) => (isGone(block) ? { ...block, runs: [] } : block)),
  };
}

/** As `withGaps`, to compare: whether a gap at the very end still has its block says nothing. */
export function comparable(content: CanonicalSection, takenBack: TakenBack): CanonicalSection {
  const { blocks, ...rest } = withGaps(content, takenBack);
  return { ...rest, blocks: blocks.slice(0, blocks.findLastIndex(({ runs }) => runs.length > 0) + 1) };
}

/** Whether both say the same to whoever may read them: a gap alone is no change. */
export const saySame = (one: CanonicalSection, other: CanonicalSection, takenBack: TakenBack): boolean =>
  canonicalText(comparable(one, takenBack)) === canonicalText(comparable(other, takenBack));

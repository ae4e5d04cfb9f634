import { expect, it } from '@jest/globals';
import type { BlockKind, CanonicalBlock } from '@longtable/shared/documents/canonical';
import { groupBlocks } from './block-groups.ts';

const block = (kind: BlockKind, indent?: number): CanonicalBlock => ({
  kind,
  ...(indent ? { indent } : {}),
  runs: [{ text: kind }],
});
const numbers = (...blocks: CanonicalBlock[]) =>
  groupBlocks(blocks).map((group) =>
    group.kind === 'list' ? group.items.map(({ number }) => number ?? '•') : group.block.kind,
  );

it('items that follow each other are one list, and whatever is no item ends it', () => {
  expect(numbers(block('bullet'), block('bullet'), block('paragraph'), block('bullet'))).toEqual([
    ['•', '•'],
    'paragraph',
    ['•'],
  ]);
});

it('numbers count at their own depth and start deeper ones again', () => {
  expect(
    numbers(block('number'), block('number', 1), block('number', 1), block('number'), block('number', 1)),
  ).toEqual([[1, 1, 2, 2, 1]]);
});

it('a bullet starts the numbers of its own depth again, and not those above it', () => {
  expect(
    numbers(block('number'), block('number', 1), block('bullet', 1), block('number', 1), block('number')),
  ).toEqual([[1, 1, '•', 1, 2]]);
  expect(numbers(block('number'), block('bullet'), block('number'))).toEqual([[1, '•', 1]]);
});

it('a list that begins anew counts anew', () => {
  expect(numbers(block('number'), block('quote'), block('number'))).toEqual([[1], 'quote', [1]]);
});

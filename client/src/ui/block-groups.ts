import type { CanonicalBlock } from '@longtable/shared/documents/canonical';

/** A block and where it stands in what was given. */
interface Placed {
  block: CanonicalBlock;
  at: number;
}

export interface ListItem extends Placed {
  /** What stands before it: a number within its depth, or null for a bullet. */
  number: number | null;
}

export type Group = { kind: 'list'; items: ListItem[] } | ({ kind: 'block' } & Placed);

/**
 * Blocks as one reads them. Items are flat: a number counts at its own depth and starts all deeper ones again, a
 * bullet also its own; whatever is no item ends the list. As the editor's style sheet counts.
 */
export function groupBlocks(blocks: readonly CanonicalBlock[]): Group[] {
  const groups: Group[] = [];
  let counts: number[] = [];
  for (const [at, block] of blocks.entries()) {
    if (block.kind !== 'bullet' && block.kind !== 'number') {
      groups.push({ kind: 'block', block, at });
      counts = [];
      continue;
    }
    const depth = block.indent ?? 0;
    const number = block.kind === 'number' ? (counts[depth] ?? 0) + 1 : null;
    counts = [...Array.from({ length: depth }, (_, level) => counts[level] ?? 0), number ?? 0];
    const last = groups.at(-1);
    if (last?.kind === 'list') last.items.push({ block, at, number });
    else groups.push({ kind: 'list', items: [{ block, at, number }] });
  }
  return groups;
}

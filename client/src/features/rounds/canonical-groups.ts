import type { CanonicalBlock } from '@longtable/shared/documents/canonical';

export interface ListItem {
  block: CanonicalBlock;
  /** What stands before it: a number within its depth, or null for a bullet. */
  number: number | null;
}

export type Group = { kind: 'list'; items: ListItem[] } | { kind: 'block'; block: CanonicalBlock };

/**
 * Blocks as one reads them. Items are flat: a number counts at its own depth and starts all deeper ones again, a
 * bullet also its own; whatever is no item ends the list. As the editor's style sheet counts.
 */
export function groupBlocks(blocks: readonly CanonicalBlock[]): Group[] {
  const groups: Group[] = [];
  let counts: number[] = [];
  for (const block of blocks) {
    if (block.kind !== 'bullet' && block.kind !== 'number') {
      groups.push({ kind: 'block', block });
      counts = [];
      continue;
    }
    const depth = block.indent ?? 0;
    const number = block.kind === 'number' ? (counts[depth] ?? 0) + 1 : null;
    counts = [...Array.from({ length: depth }, (_, at) => counts[at] ?? 0), number ?? 0];
    const last = groups.at(-1);
    if (last?.kind === 'list') last.items.push({ block, number });
    else groups.push({ kind: 'list', items: [{ block, number }] });
  }
  return groups;
}

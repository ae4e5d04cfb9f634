/** Replace `remove` UTF-16 units at `index` by `insert`. */
export interface Splice {
  index: number;
  remove: number;
  insert: string;
}

/** One step of a Yjs text event, as far as plain text has them. */
export interface DeltaStep {
  retain?: number | undefined;
  insert?: unknown;
  delete?: number | undefined;
}

const isHighSurrogate = (unit: number) => unit >= 0xd800 && unit <= 0xdbff;
const isLowSurrogate = (unit: number) => unit >= 0xdc00 && unit <= 0xdfff;

/**
 * The one splice that turns `before` into `after`. Where letters repeat, several are possible; the caret
 * after the edit tells which one the person made: nothing after the caret has changed. Pairs of
 * surrogates stay whole, or a colleague would get half a character.
 */
export function diffText(before: string, after: string, caret = after.length): Splice | null {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  const maxSuffix = Math.min(shorter, Math.max(0, after.length - caret));
  let suffix = 0;
  while (suffix < maxSuffix && before[before.length - 1 - suffix] === after[after.length - 1 - suffix])
    suffix += 1;
  let prefix = 0;
  while (prefix < shorter - suffix && before[prefix] === after[prefix]) prefix += 1;
  // The caret may stand before the edit (an undo, a dictated correction): then the common end is longer.
  while (suffix < shorter - prefix && before[before.length - 1 - suffix] === after[after.length - 1 - suffix])
    suffix += 1;
  if (prefix > 0 && isHighSurrogate(before.charCodeAt(prefix - 1))) prefix -= 1;
  if (suffix > 0 && isLowSurrogate(before.charCodeAt(before.length - suffix))) suffix -= 1;
  return {
    index: prefix,
    remove: before.length - prefix - suffix,
    insert: after.slice(prefix, after.length - suffix),
  };
}

/** Where a position lies after somebody else's edit. Text put exactly there comes after the position. */
export function moveIndex(index: number, delta: readonly DeltaStep[]): number {
  let at = 0;
  let moved = index;
  for (const step of delta) {
    if (at > moved) break;
    if (step.retain !== undefined) at += step.retain;
    else if (typeof step.insert === 'string') {
      if (at < moved) moved += step.insert.length;
      at += step.insert.length;
    } else if (step.delete !== undefined) {
      moved -= Math.max(0, Math.min(step.delete, moved - at));
    }
  }
  return moved;
}

import type { Ledger } from './ledger.ts';
import { wordsIn } from './words.ts';

/** One holder of the room's content, at the end. */
export interface Holder {
  name: string;
  content: string;
  stateVector: string;
  text: string;
  /** Nothing waits for something that it builds on. */
  isWhole: boolean;
}

/** Few say what is wrong as well as all. */
const MAX_FAULTS = 20;

/**
 * Held against each other and against what was promised: all must be equal to the byte, to the store above all, and
 * hold every word that was acknowledged to its writer or seen by another.
 */
export function disagreements(
  ledger: Ledger,
  stored: Holder,
  others: readonly Holder[],
  exported: string,
): string[] {
  const faults = ledger.faultsIn(stored.name, stored.text);
  for (const holder of [stored, ...others]) {
    if (!holder.isWhole) faults.push(`${holder.name}: holds back something whose ground never came`);
  }
  for (const other of others) {
    if (other.stateVector !== stored.stateVector)
      faults.push(`${other.name}: another state vector than ${stored.name}`);
    if (other.content !== stored.content)
      faults.push(`${other.name}: other content than ${stored.name}${firstPart(stored.text, other.text)}`);
  }
  const [words, inExport] = [wordsIn(stored.text), wordsIn(exported)];
  if (words.join() !== inExport.join())
    faults.push(`the export: other words than ${stored.name}${firstPart(words.join(), inExport.join())}`);
  const more = faults.length - MAX_FAULTS;
  return more > 0 ? [...faults.slice(0, MAX_FAULTS), `and ${more} more`] : faults;
}

function firstPart(expected: string, found: string): string {
  let at = 0;
  while (at < expected.length && expected[at] === found[at]) at += 1;
  const piece = (text: string) => JSON.stringify(text.slice(Math.max(0, at - 20), at + 40));
  return `: ${piece(found)} instead of ${piece(expected)}`;
}

import { WordPlaces, wordsIn } from './words.ts';

interface Entry {
  by: string;
  isAcknowledged: boolean;
  seenBy: Set<string>;
  /** Somebody took it out, whether or not that ever left their page. */
  isTakenOut: boolean;
  isTakingOutAcknowledged: boolean;
  /** Who had it before their eyes and then no more. */
  goneFor: Set<string>;
  /** Written by somebody who had been put out: it may not be there. */
  isForbidden: boolean;
}

/** What everyone wrote, was told is saved, and saw; and what must therefore be in the store. */
export class Ledger {
  readonly #entries = new Map<string, Entry>();
  readonly #places = new WordPlaces();
  acknowledgements = 0;

  get words(): number {
    return this.#entries.size;
  }

  /**
   * An update that somebody's own hands made, as their page has it.
   * @param places of the document it belongs to, where rooms are rewritten: ids mean other words then
   */
  wrote(by: string, update: Uint8Array, places = this.#places): void {
    for (const word of places.note(update)) {
      this.#entries.set(word, {
        by,
        isAcknowledged: false,
        seenBy: new Set(),
        isTakenOut: false,
        isTakingOutAcknowledged: false,
        goneFor: new Set(),
        isForbidden: false,
      });
    }
    for (const word of places.deleted(update)) this.#change(word, (entry) => (entry.isTakenOut = true));
  }

  /** The server has said that this is committed. */
  acknowledged(update: Uint8Array, places = this.#places): void {
    for (const word of places.inserted(update)) {
      this.#change(word, (entry) => (entry.isAcknowledged = true));
      this.acknowledgements += 1;
    }
    for (const word of places.deleted(update)) {
      this.#change(word, (entry) => (entry.isTakingOutAcknowledged = true));
      this.acknowledgements += 1;
    }
  }

  /** What came to somebody's page from the server. */
  received(who: string, update: Uint8Array, places = this.#places): void {
    places.learn(update);
    for (const word of places.inserted(update)) this.#change(word, (entry) => entry.seenBy.add(who));
    for (const word of places.deleted(update)) this.#change(word, (entry) => entry.goneFor.add(who));
  }

  /** Written under a seat that had been given up: if it is anywhere, somebody let it in. */
  forbid(update: Uint8Array): void {
    for (const word of this.#places.inserted(update))
      this.#change(word, (entry) => (entry.isForbidden = true));
  }

  /** What is wrong with a text that should hold all of it, a sentence each. */
  faultsIn(name: string, text: string): string[] {
    const counts = new Map<string, number>();
    for (const word of wordsIn(text)) counts.set(word, (counts.get(word) ?? 0) + 1);
    const faults: string[] = [];
    for (const [word, entry] of this.#entries) {
      const count = counts.get(word) ?? 0;
      const fault = faultOf(entry, count);
      if (fault) faults.push(`${name}: ${word} of ${entry.by} ${fault}`);
      counts.delete(word);
    }
    for (const word of counts.keys()) faults.push(`${name}: ${word}, which nobody wrote`);
    const rest = text.replaceAll(/p\d+n\d+z/g, '').replaceAll(/\s/g, '');
    if (rest !== '') faults.push(`${name}: torn words: ${JSON.stringify(rest.slice(0, 80))}`);
    return faults;
  }

  #change(word: string, change: (entry: Entry) => unknown): void {
    const entry = this.#entries.get(word);
    if (entry) change(entry);
  }
}

function faultOf(entry: Entry, count: number): string | null {
  if (count > 1) return `stands ${count} times`;
  if (entry.isForbidden) return count > 0 ? 'was written after the seat was given up, and is there' : null;
  const others = [...entry.seenBy].filter((who) => who !== entry.by);
  if (count === 0 && !entry.isTakenOut) {
    if (entry.isAcknowledged) return 'was acknowledged, and is lost';
    if (others.length > 0) return `was seen by ${others.join(', ')}, and is lost`;
  }
  if (count > 0) {
    if (entry.isTakingOutAcknowledged) return 'was taken out, acknowledged, and is back';
    if (entry.goneFor.size > 0) return `was gone for ${[...entry.goneFor].join(', ')}, and is back`;
  }
  return null;
}

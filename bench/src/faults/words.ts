import * as Y from 'yjs';

/**
 * Every edit of a run puts in or takes out one whole word that nobody else writes: who, and which of theirs. They
 * run into each other in the text without a blank and are still told apart.
 */
export const wordOf = (writer: number, nth: number): string => `p${writer}n${nth}z`;

const WORD = /p\d+n\d+z/g;

export const wordsIn = (text: string): string[] => text.match(WORD) ?? [];

/** Where in a text a word begins or ends, which is where others may be put: none is ever torn apart. */
export function wordPlaces(text: string): { word: string; at: number }[] {
  return [...text.matchAll(WORD)].map(({ 0: word, index }) => ({ word, at: index }));
}

interface Place {
  clock: number;
  word: string;
}

/** Under which clientID and clock each word was written: deletions name nothing else. */
export class WordPlaces {
  readonly #places = new Map<number, Place[]>();

  /** What an update of one's own brings, before anybody else can have it. */
  note(update: Uint8Array): string[] {
    const found: string[] = [];
    for (const { client, clock, text } of textsIn(update)) {
      for (const { word, at } of wordPlaces(text)) {
        const places = this.#places.get(client) ?? [];
        this.#places.set(client, places);
        places.push({ clock: clock + at, word });
        found.push(word);
      }
    }
    return found;
  }

  /** Words that came from the server: a room that was rewritten has them under an author who is nobody. */
  learn(update: Uint8Array): void {
    for (const { client, clock, text } of textsIn(update)) {
      const places = this.#places.get(client) ?? [];
      this.#places.set(client, places);
      for (const { word, at } of wordPlaces(text)) {
        const index = firstFrom(places, clock + at);
        if (places[index]?.clock !== clock + at) places.splice(index, 0, { clock: clock + at, word });
      }
    }
  }

  inserted(update: Uint8Array): string[] {
    return textsIn(update).flatMap(({ text }) => wordsIn(text));
  }

  /** Words of which the update takes out the first letter, and so all. */
  deleted(update: Uint8Array): string[] {
    const { ds } = Y.decodeUpdate(update);
    return [...ds.clients].flatMap(([client, ranges]) => {
      const places = this.#places.get(client) ?? [];
      return ranges.flatMap((range) => {
        const found: string[] = [];
        for (let i = firstFrom(places, range.clock); i < places.length; i++) {
          const place = places[i];
          if (!place || place.clock >= range.clock + range.len) break;
          found.push(place.word);
        }
        return found;
      });
    });
  }
}

/** Places of one client are in order of their clocks. */
function firstFrom(places: readonly Place[], clock: number): number {
  let [low, high] = [0, places.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((places[middle]?.clock ?? 0) < clock) low = middle + 1;
    else high = middle;
  }
  return low;
}

function textsIn(update: Uint8Array): { client: number; clock: number; text: string }[] {
  return Y.decodeUpdate(update).structs.flatMap((struct) =>
    struct instanceof Y.Item && struct.content instanceof Y.ContentString
      ? [{ client: struct.id.client, clock: struct.id.clock, text: struct.content.str }]
      : [],
  );
}

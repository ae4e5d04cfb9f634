import { MAX_PUSH_BYTES } from '@longtable/shared/limits';
import * as Y from 'yjs';

/** Edits in one push at most: an edit has a handful of structs, and the server takes thousands, not more. */
const MAX_EDITS_IN_PUSH = 500;

/** Edits that are merged into one update as they come in: merging a day's typing at once would stop a phone. */
const EDITS_MERGED = 100;

interface Waiting {
  update: Uint8Array;
  edits: number;
}

/**
 * Words typed here that the server has not acknowledged, oldest first. `take` moves what fits one push
 * in flight; it comes back by `returnToQueue` or is gone by `acknowledge`.
 */
export class Outbox {
  #queued: Waiting[] = [];
  #inFlight: Waiting | null = null;

  get isEmpty(): boolean {
    return this.#queued.length === 0 && this.#inFlight === null;
  }

  get isInFlight(): boolean {
    return this.#inFlight !== null;
  }

  add(update: Uint8Array): void {
    this.#queued.push({ update, edits: 1 });
    const single = this.#queued.slice(-EDITS_MERGED);
    if (single.length < EDITS_MERGED || single.some(({ edits }) => edits > 1)) return;
    const merged = merge(single);
    if (merged.update.length <= MAX_PUSH_BYTES / 2) this.#queued.splice(-EDITS_MERGED, EDITS_MERGED, merged);
  }

  /** As many whole updates as fit one push, merged. The first goes even if it alone is too large. */
  take(): Uint8Array | null {
    if (this.#inFlight || this.#queued.length === 0) return null;
    let bytes = 0;
    let edits = 0;
    const end = this.#queued.findIndex((waiting, index) => {
      bytes += waiting.update.length;
      edits += waiting.edits;
      return index > 0 && (bytes > MAX_PUSH_BYTES || edits > MAX_EDITS_IN_PUSH);
    });
    this.#inFlight = merge(this.#queued.splice(0, end < 0 ? this.#queued.length : end));
    return this.#inFlight.update;
  }

  acknowledge(): void {
    this.#inFlight = null;
  }

  returnToQueue(): void {
    if (this.#inFlight) this.#queued.unshift(this.#inFlight);
    this.#inFlight = null;
  }

  /** Every clientID that wrote something still here, with the first clock of it: its ticket must be presented. */
  writers(): Map<number, number> {
    const writers = new Map<number, number>();
    for (const { update } of this.#all()) {
      for (const { id } of Y.decodeUpdate(update).structs) {
        writers.set(id.client, Math.min(id.clock, writers.get(id.client) ?? Infinity));
      }
    }
    return writers;
  }

  /** The words here as plain text, to hand back what cannot be sent, and empties the box. */
  emptyIntoWords(): string {
    const words = this.#all()
      .map(({ update }) => wordsIn(update))
      .join('');
    this.#queued = [];
    this.#inFlight = null;
    return words;
  }

  #all(): Waiting[] {
    return this.#inFlight ? [this.#inFlight, ...this.#queued] : this.#queued;
  }
}

/** The words that an update brings; structure and marks are not words. */
export function wordsIn(update: Uint8Array): string {
  return Y.decodeUpdate(update)
    .structs.map((struct) =>
      struct instanceof Y.Item && struct.content instanceof Y.ContentString ? struct.content.str : '',
    )
    .join('');
}

function merge(waiting: readonly Waiting[]): Waiting {
  const updates = waiting.map(({ update }) => update);
  return {
    update: updates.length === 1 && updates[0] ? updates[0] : Y.mergeUpdates(updates),
    edits: waiting.reduce((sum, { edits }) => sum + edits, 0),
  };
}

import * as Y from 'yjs';
import { splitUpdate, type Part } from './split-update.ts';

/** Edits in one push at most: many small ones at one place cost the server the square of their number. */
const MAX_EDITS_IN_PUSH = 500;

/** Edits that are merged into one update as they come in: merging a day's typing at once would stop a phone. */
const EDITS_MERGED = 100;

interface Waiting extends Part {
  isMerged: boolean;
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
    for (const { update: part, share } of splitUpdate(update))
      this.#queued.push({ update: part, share: Math.max(share, 1 / MAX_EDITS_IN_PUSH), isMerged: false });
    const single = this.#queued.slice(-EDITS_MERGED);
    if (single.length < EDITS_MERGED || single.some(({ isMerged }) => isMerged)) return;
    if (shareOf(single) <= 1 / 2) this.#queued.splice(-EDITS_MERGED, EDITS_MERGED, merge(single));
  }

  /** As many whole updates as fit one push, merged. */
  take(): Uint8Array | null {
    if (this.#inFlight || this.#queued.length === 0) return null;
    let share = 0;
    const end = this.#queued.findIndex((waiting, index) => {
      share += waiting.share;
      return index > 0 && share > 1;
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
    share: shareOf(waiting),
    isMerged: true,
  };
}

const shareOf = (waiting: readonly Waiting[]): number => waiting.reduce((sum, { share }) => sum + share, 0);

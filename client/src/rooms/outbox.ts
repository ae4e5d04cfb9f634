import { MAX_PUSH_BYTES } from '@longtable/shared/limits';
import * as Y from 'yjs';

/**
 * Words typed here that the server has not acknowledged, oldest first. `take` moves what fits one push
 * in flight; it comes back by `returnToQueue` or is gone by `acknowledge`.
 */
export class Outbox {
  #queued: Uint8Array[] = [];
  #inFlight: Uint8Array | null = null;

  get isEmpty(): boolean {
    return this.#queued.length === 0 && this.#inFlight === null;
  }

  get isInFlight(): boolean {
    return this.#inFlight !== null;
  }

  add(update: Uint8Array): void {
    this.#queued.push(update);
  }

  /** As many whole updates as fit one push, merged. The first goes even if it alone is too large: the server then says so. */
  take(): Uint8Array | null {
    const first = this.#queued[0];
    if (this.#inFlight || !first) return null;
    let count = 1;
    let bytes = first.length;
    for (; count < this.#queued.length; count++) {
      bytes += this.#queued[count]?.length ?? 0;
      if (bytes > MAX_PUSH_BYTES) break;
    }
    const taken = this.#queued.splice(0, count);
    this.#inFlight = taken.length === 1 ? first : Y.mergeUpdates(taken);
    return this.#inFlight;
  }

  acknowledge(): void {
    this.#inFlight = null;
  }

  returnToQueue(): void {
    if (this.#inFlight) this.#queued.unshift(this.#inFlight);
    this.#inFlight = null;
  }

  /** Every clientID that wrote something still here: its ticket must be presented to send it. */
  writers(): Set<number> {
    const writers = new Set<number>();
    for (const update of this.#all()) for (const { id } of Y.decodeUpdate(update).structs) writers.add(id.client);
    return writers;
  }

  /** The words here as plain text, to hand back what cannot be sent, and empties the box. */
  emptyIntoWords(): string {
    const words = this.#all()
      .map((update) =>
        Y.decodeUpdate(update)
          .structs.map((struct) =>
            struct instanceof Y.Item && struct.content instanceof Y.ContentString ? struct.content.str : '',
          )
          .join(''),
      )
      .join('');
    this.#queued = [];
    this.#inFlight = null;
    return words;
  }

  #all(): Uint8Array[] {
    return this.#inFlight ? [this.#inFlight, ...this.#queued] : this.#queued;
  }
}

import * as Y from 'yjs';
import { percentile } from '../replay/figures.ts';

const TOO_LATE_MS = 100;
/** Of what was written in a step: a little of it is still on its way when the step ends. */
const LEAST_RECEIVED_SHARE = 0.95;

interface Typist {
  /** The clock of the first edit that counts. */
  firstClock: number;
  /** When each was made, by its place after the first. */
  sentAtMs: number[];
}

/**
 * Counts an edit as delivered to a page when that page's own document holds it. An edit is one inserted
 * character, so a writer's clock says how many of its edits a document has.
 */
export class Deliveries {
  readonly #typists = new Map<number, Typist>();
  latenciesMs: number[] = [];
  #isCounting = false;

  /** Edits made from now on count; those of before do not, however late they arrive. */
  start(writers: readonly Y.Doc[]): void {
    for (const doc of writers) {
      this.#typists.set(doc.clientID, { firstClock: Y.getState(doc.store, doc.clientID), sentAtMs: [] });
    }
    this.#isCounting = true;
  }

  /** Edits of this writer count from this clock on. */
  follow(client: number, firstClock: number): void {
    this.#typists.set(client, { firstClock, sentAtMs: [] });
    this.#isCounting = true;
  }

  sentBy(client: number, sentMs = performance.now()): void {
    this.#typists.get(client)?.sentAtMs.push(sentMs);
  }

  sent(doc: Y.Doc): void {
    this.sentBy(doc.clientID);
  }

  watch(doc: Y.Doc): void {
    doc.on('afterTransaction', (transaction: Y.Transaction) => {
      if (!this.#isCounting || transaction.local) return;
      const nowMs = performance.now();
      for (const [client, after] of transaction.afterState) {
        const typist = this.#typists.get(client);
        if (!typist) continue;
        const { firstClock, sentAtMs } = typist;
        const before = Math.max(transaction.beforeState.get(client) ?? 0, firstClock);
        for (let clock = before; clock < after; clock++) {
          const sentMs = sentAtMs[clock - firstClock];
          if (sentMs !== undefined) this.latenciesMs.push(nowMs - sentMs);
        }
      }
    });
  }

  get edits(): number {
    return [...this.#typists.values()].reduce((sum, { sentAtMs }) => sum + sentAtMs.length, 0);
  }
}

/** Whether 95 of 100 deliveries came in time, and whether it was not only a few that came at all. */
export function keepsUp(latenciesMs: readonly number[], expected: number): boolean {
  return (
    latenciesMs.length >= expected * LEAST_RECEIVED_SHARE && percentile(latenciesMs, 0.95) <= TOO_LATE_MS
  );
}

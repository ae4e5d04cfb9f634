import { createRoomChecker } from '@longtable/shared/documents/model/check';
import type { Audience } from '@longtable/shared/documents/rooms';
import type { Section } from '@longtable/shared/documents/template';
import { LongtableError } from '@longtable/shared/errors';
import * as Y from 'yjs';

/** A document that says, for each update, what was new in it or why it does not fit. */
export class Staging {
  readonly doc = new Y.Doc();
  #fault: string | null = null;
  #emitted: Uint8Array[] = [];
  #isJudging = false;

  constructor(section: Section, audience: Audience['kind']) {
    const checker = createRoomChecker(this.doc, section, audience);
    // One update may run several transactions: where two people formatted the same words, Yjs tidies up in
    // a second one. All that it brings belongs together, and each must pass.
    this.doc.on('afterTransaction', (transaction: Y.Transaction) => {
      if (this.#isJudging) this.#fault ??= checker.findFault(transaction);
    });
    this.doc.on('update', (bytes: Uint8Array) => {
      if (this.#isJudging) this.#emitted.push(bytes);
    });
  }

  /** Whether it refers to something that is not there. */
  get isIncomplete(): boolean {
    return this.doc.store.pendingStructs !== null || this.doc.store.pendingDs !== null;
  }

  load(snapshot: Uint8Array | null, tail: readonly Uint8Array[]): void {
    if (snapshot) Y.applyUpdateV2(this.doc, snapshot);
    this.doc.transact(() => tail.forEach((bytes) => Y.applyUpdate(this.doc, bytes)));
  }

  apply(bytes: Uint8Array): Uint8Array | null {
    this.#judge(bytes);
    if (this.#fault !== null) throw new LongtableError('badContent', { cause: new Error(this.#fault) });
    if (this.isIncomplete) throw new LongtableError('resync');
    const [first, ...more] = this.#emitted;
    return first === undefined || more.length === 0 ? (first ?? null) : Y.mergeUpdates([first, ...more]);
  }

  /**
   * Applies an update that was judged elsewhere, and says whether it and what is here belong together: no writer's
   * clock is used twice, nothing refers to what is not there, and the whole fits the section.
   */
  fits(bytes: Uint8Array): boolean {
    const { from } = Y.parseUpdateMeta(bytes);
    const isFork = [...from].some(([client, clock]) => clock < Y.getState(this.doc.store, client));
    this.#judge(bytes);
    return !isFork && this.#fault === null && !this.isIncomplete;
  }

  applyForeign(bytes: Uint8Array): void {
    Y.applyUpdate(this.doc, bytes);
  }

  /** Applies it, and notes what it brings and what of it does not fit. */
  #judge(bytes: Uint8Array): void {
    this.#emitted = [];
    this.#fault = null;
    this.#isJudging = true;
    try {
      Y.applyUpdate(this.doc, bytes);
    } finally {
      this.#isJudging = false;
    }
  }
}

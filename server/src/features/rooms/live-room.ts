import { LongtableError } from '@longtable/shared/errors';
import type { Lineage, RoomId } from '@longtable/shared/ids';
import { MAX_ROOM_BYTES } from '@longtable/shared/limits';
import { createRoomChecker } from '@longtable/shared/documents/model/check';
import type { Audience } from '@longtable/shared/documents/rooms';
import type { Section } from '@longtable/shared/documents/template';
import * as Y from 'yjs';
import { inspectUpdate } from './inspect-update.ts';
import type { StoredState, StoredUpdate } from './update-store.ts';

/**
 * One room in memory. `committed` holds exactly what the database holds, so it alone answers joins.
 * `staging` is ahead of it by the writes under way: an update is tried there first, because some
 * malformed updates throw only after they have changed the document. Whenever staging may be wrong it
 * is thrown away and made again from `committed` and the writes that still wait.
 */
export class LiveRoom {
  readonly id: RoomId;
  readonly lineage: Lineage;
  readonly epoch: number;
  /** The last sequence in `committed`. */
  seq: number;
  readonly #section: Section;
  readonly #audience: Audience['kind'];
  readonly #committed = new Y.Doc();
  #staging: Staging | null = null;
  /** Updates staged and not yet settled, in the order in which they were staged. */
  #waiting: Uint8Array[] = [];
  /** Staged updates that build on one that was withdrawn: they must not be committed. */
  readonly #orphans = new WeakSet<Uint8Array>();
  #snapshotBytes: number;
  #tailBytes: number;
  #tailRows: number;

  constructor(state: StoredState, section: Section) {
    this.id = state.room.id;
    this.lineage = state.room.lineage;
    this.epoch = state.room.epoch;
    this.seq = state.room.headSeq;
    this.#section = section;
    this.#audience = state.room.circleId === null ? 'partnership' : 'circle';
    createRoomChecker(this.#committed, section, this.#audience);
    if (state.snapshot) Y.applyUpdateV2(this.#committed, state.snapshot);
    this.#committed.transact(() => {
      for (const update of state.tail) Y.applyUpdate(this.#committed, update.bytes);
    });
    this.#tailRows = state.tail.length;
    this.#snapshotBytes = state.snapshot?.length ?? 0;
    this.#tailBytes = sum(state.tail.map((update) => update.bytes));
  }

  /** For reading only: never write to it. */
  get doc(): Y.Doc {
    return this.#committed;
  }

  /** What has come since the last snapshot. */
  get tail(): { rows: number; bytes: number } {
    return { rows: this.#tailRows, bytes: this.#tailBytes };
  }

  /** Whether this many bytes more would be over the limit, counting deleted text until it is compacted away. */
  isFullFor(bytes: number): boolean {
    return this.#snapshotBytes + this.#tailBytes + sum(this.#waiting) + bytes > MAX_ROOM_BYTES;
  }

  /** Whether a staged update may still be committed. */
  isOrphan(fresh: Uint8Array): boolean {
    return this.#orphans.has(fresh);
  }

  /** Whether something staged is not yet known to be committed or not. */
  get hasWaiting(): boolean {
    return this.#waiting.length > 0;
  }

  clockOf(client: number): number {
    return Y.getState((this.#staging?.doc ?? this.#committed).store, client);
  }

  /**
   * Tries an update and returns what is new in it, freed of anything already known or trailing; null
   * when nothing is. The result waits until `settle` or `withdraw`.
   * @throws LongtableError; the room is unharmed
   */
  stage(bytes: Uint8Array, isOwner: (client: number) => boolean): Uint8Array | null {
    const staging = (this.#staging ??= this.#makeStaging());
    inspectUpdate(bytes, {
      clockOf: (client) => Y.getState(staging.doc.store, client),
      committedClockOf: (client) => Y.getState(this.#committed.store, client),
      isOwner,
    });
    try {
      const fresh = staging.apply(bytes);
      if (fresh) this.#waiting.push(fresh);
      return fresh;
    } catch (error) {
      this.#staging = null;
      throw error instanceof LongtableError ? error : new LongtableError('badRequest', { cause: error });
    }
  }

  /** Takes committed updates into the readable document. `updates` follow `seq` without a gap. */
  settle(updates: readonly StoredUpdate[]): void {
    this.#committed.transact(() => {
      for (const { seq, bytes } of updates) {
        Y.applyUpdate(this.#committed, bytes);
        const index = this.#waiting.indexOf(bytes);
        if (index >= 0) this.#waiting.splice(index, 1);
        else this.#staging?.applyForeign(bytes);
        this.seq = seq;
        this.#tailRows += 1;
        this.#tailBytes += bytes.length;
      }
    });
  }

  /** Forgets a staged update that was not committed, and whatever was built on it. */
  withdraw(fresh: Uint8Array): void {
    this.#waiting = this.#waiting.filter((update) => update !== fresh);
    this.#staging = this.#makeStaging();
  }

  /** A Yjs v2 encoding of what the database holds now, without deleted text. */
  encode(): Uint8Array {
    return Y.encodeStateAsUpdateV2(this.#committed);
  }

  compacted(snapshotBytes: number): void {
    this.#snapshotBytes = snapshotBytes;
    this.#tailRows = 0;
    this.#tailBytes = 0;
  }

  destroy(): void {
    this.#waiting = [];
    this.#committed.destroy();
    this.#staging?.doc.destroy();
    this.#staging = null;
  }

  #makeStaging(): Staging {
    const base = Y.encodeStateAsUpdate(this.#committed);
    for (;;) {
      const staging = new Staging(this.#section, this.#audience);
      staging.applyForeign(base);
      const orphan = this.#waiting.find((update) => {
        staging.applyForeign(update);
        return staging.isIncomplete;
      });
      if (!orphan) return staging;
      this.#orphans.add(orphan);
      this.#waiting = this.#waiting.filter((update) => update !== orphan);
    }
  }
}

const sum = (updates: readonly Uint8Array[]): number =>
  updates.reduce((total, { length }) => total + length, 0);

/** A document that says, for each update, what was new in it or why it does not fit. */
class Staging {
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

  apply(bytes: Uint8Array): Uint8Array | null {
    this.#emitted = [];
    this.#fault = null;
    this.#isJudging = true;
    try {
      Y.applyUpdate(this.doc, bytes);
    } finally {
      this.#isJudging = false;
    }
    if (this.#fault !== null) throw new LongtableError('badContent', { cause: new Error(this.#fault) });
    if (this.isIncomplete) throw new LongtableError('resync');
    const [first, ...more] = this.#emitted;
    return first === undefined || more.length === 0 ? (first ?? null) : Y.mergeUpdates([first, ...more]);
  }

  applyForeign(bytes: Uint8Array): void {
    Y.applyUpdate(this.doc, bytes);
  }
}

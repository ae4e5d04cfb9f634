import { LongtableError } from '@longtable/shared/errors';
import type { Lineage, RoomId } from '@longtable/shared/ids';
import { MAX_ROOM_BYTES } from '@longtable/shared/limits';
import type { Section } from '@longtable/shared/documents/template';
import * as Y from 'yjs';
import { inspectUpdate } from './inspect-update.ts';
import { LogTail } from './log-tail.ts';
import { loadDoc, placeOf, type RewriteJob, type RoomPlace } from './rewrite.ts';
import { Staging } from './staging.ts';
import type { OwnUpdate, RoomRecord, StoredState, StoredUpdate } from './update-store.ts';

/** Above it a joiner gets the whole snapshot: what it lacks takes the processor longer to find than to send. */
const MAX_DIFF_BYTES = 262_144;

/** What a joiner says that it has: everything up to a sequence of this lineage, or what a state vector tells. */
export interface Held {
  seq?: number | undefined;
  stateVector?: Uint8Array | undefined;
}

export interface MissingPart {
  encoding: 'v1' | 'v2';
  bytes: Uint8Array;
}

/**
 * One room in memory, as bytes: the snapshot and the log after it, exactly what the database holds, so that joins
 * are answered without a Y.Doc. `staging` is the only Y.Doc, made by the first push. It is ahead of the bytes by the
 * writes under way: an update is tried there first, because some malformed updates throw only after they have changed
 * the document. Whenever staging may be wrong it is thrown away and made again from the bytes and the writes that
 * still wait.
 */
export class LiveRoom {
  readonly id: RoomId;
  readonly lineage: Lineage;
  readonly epoch: number;
  readonly place: RoomPlace;
  /** The last sequence that the bytes hold. */
  seq: number;
  readonly #section: Section;
  #snapshot: Uint8Array | null;
  #snapshotSeq: number;
  readonly #tail = new LogTail();
  /** How many structs of each writer the bytes hold. */
  readonly #clocks: Map<number, number>;
  /** The same up to a sequence, freed of deleted text, for joins that need it while there is no such snapshot. */
  #clean: { seq: number; bytes: Uint8Array } | null = null;
  #staging: Staging | null = null;
  /** Something that others waiting may build on was withdrawn; which of them it orphans is not known yet. */
  #isShaken = false;
  #stagedMs = 0;
  /** Updates staged and not yet settled, in the order in which they were staged. */
  #waiting: Uint8Array[] = [];
  /** Staged updates that build on one that was withdrawn: they must not be committed. */
  readonly #orphans = new WeakSet<Uint8Array>();
  readonly #overtaken = new WeakSet<Uint8Array>();

  constructor({ room, snapshot, vector, snapshotSeq, tail }: StoredState, section: Section) {
    this.id = room.id;
    this.lineage = room.lineage;
    this.epoch = room.epoch;
    this.place = placeOf(room);
    this.seq = snapshotSeq;
    this.#section = section;
    this.#snapshot = snapshot;
    this.#snapshotSeq = snapshotSeq;
    this.#clocks = vector ? Y.decodeStateVector(vector) : clocksOf(snapshot);
    for (const update of tail) this.#append(update);
  }

  /** Whether this is a copy of what the store has, however far it has come; else the room was rewritten. */
  isOf({ lineage, epoch }: Pick<RoomRecord, 'lineage' | 'epoch'>): boolean {
    return this.lineage === lineage && this.epoch === epoch;
  }

  /** Of what is committed. */
  get stateVector(): Uint8Array {
    return Y.encodeStateVector(this.#clocks);
  }

  /** Whether it holds a Y.Doc, which takes some fifteen times the memory of its bytes. */
  get isWarm(): boolean {
    return this.#staging !== null;
  }

  /**
   * What a joiner lacks, in order: of the log where it has what stands before, else the snapshot, or what is new in
   * it, and the log after it. Who comes without the place in the log is sent no text that was deleted before.
   * @throws LongtableError badRequest where the state vector is none
   */
  missing({ seq, stateVector }: Held): MissingPart[] {
    if (stateVector) decodeVector(stateVector);
    if (seq !== undefined && seq >= this.#snapshotSeq && seq <= this.seq) return this.#logAfter(seq);
    if (this.#tail.deletesAfter(this.#clean?.seq ?? this.#snapshotSeq)) this.#clean = this.#makeClean();
    const { seq: baseSeq, bytes: base } = this.#clean ?? { seq: this.#snapshotSeq, bytes: this.#snapshot };
    if (!base) return this.#logAfter(baseSeq);
    const isDiff = stateVector !== undefined && base.length <= MAX_DIFF_BYTES;
    const bytes = isDiff ? Y.diffUpdateV2(base, stateVector) : base;
    return [{ encoding: 'v2', bytes }, ...this.#logAfter(baseSeq)];
  }

  /** What a rewriting of it is made of: all up to `seq`. */
  get stored(): Pick<RewriteJob, 'place' | 'snapshot' | 'tail'> {
    return { place: this.place, snapshot: this.#snapshot, tail: this.#tail.after(this.#snapshotSeq) };
  }

  /** What has come since the last snapshot. */
  get tail(): { rows: number; bytes: number } {
    return this.#tail;
  }

  /** Whether this many bytes more would be over the limit, counting deleted text until it is compacted away. */
  isFullFor(bytes: number): boolean {
    return (this.#snapshot?.length ?? 0) + this.#tail.bytes + sum(this.#waiting) + bytes > MAX_ROOM_BYTES;
  }

  /** Whether a staged update may still be committed. */
  isOrphan(fresh: Uint8Array): boolean {
    this.#steady();
    return this.#orphans.has(fresh);
  }

  /** Whether it lost its place to what another node committed: what was pushed may be tried again. */
  isOvertaken(fresh: Uint8Array): boolean {
    return this.#overtaken.has(fresh);
  }

  /** Whether something staged is not yet known to be committed or not. */
  get hasWaiting(): boolean {
    this.#steady();
    return this.#waiting.length > 0;
  }

  clockOf(client: number): number {
    this.#steady();
    return this.#staging ? Y.getState(this.#staging.doc.store, client) : (this.#clocks.get(client) ?? 0);
  }

  /**
   * Tries an update and returns what is new in it, freed of anything already known or trailing; null
   * when nothing is. The result waits until `settle` or `withdraw`.
   * @throws LongtableError; the room is unharmed
   */
  stage(bytes: Uint8Array, isOwner: (client: number) => boolean): Uint8Array | null {
    this.#steady();
    const staging = (this.#staging ??= this.#makeStaging());
    this.#stagedMs = performance.now();
    inspectUpdate(bytes, {
      clockOf: (client) => Y.getState(staging.doc.store, client),
      committedClockOf: (client) => this.#clocks.get(client) ?? 0,
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

  /**
   * Takes committed updates in. `updates` follow `seq` without a gap. What others committed while writes of ours wait
   * is tried on top of these: where the two do not fit, ours are tried again from the start.
   */
  settle(updates: readonly (StoredUpdate | OwnUpdate)[]): void {
    this.#steady();
    let isShaken = false;
    const settleAll = () => {
      for (const update of updates) {
        const isStaged = this.took('parts' in update ? update.parts : []);
        if (!isStaged && this.#waiting.length === 0) this.#staging?.applyForeign(update.bytes);
        else if (!isStaged) isShaken = !this.#staging?.fits(update.bytes) || isShaken;
        this.#append(update);
      }
    };
    // One transaction, unless something has to be judged on the way.
    if (this.#staging && this.#waiting.length === 0) this.#staging.doc.transact(settleAll);
    else settleAll();
    if (isShaken) this.#staging = this.#makeStaging((update) => this.#overtaken.add(update));
  }

  /** Takes what was committed from what waits, however the copy heard of it. @returns whether staging holds all of it */
  took(parts: readonly Uint8Array[]): boolean {
    const before = this.#waiting.length;
    this.#waiting = this.#waiting.filter((update) => !parts.includes(update));
    return parts.length > 0 && before - this.#waiting.length === parts.length;
  }

  /**
   * Forgets a staged update that was not committed, and whatever was built on it: that is found out once for all that
   * are withdrawn together, when somebody next asks.
   */
  withdraw(fresh: Uint8Array): void {
    if (!this.#waiting.includes(fresh)) return;
    this.#waiting = this.#waiting.filter((update) => update !== fresh);
    this.#dropStaging();
    this.#isShaken = this.#waiting.length > 0;
  }

  /** A snapshot has taken the place of everything up to `uptoSeq`. */
  compacted(uptoSeq: number, snapshot: Uint8Array): void {
    this.#snapshot = snapshot;
    this.#snapshotSeq = uptoSeq;
    this.#clean = null;
    this.#tail.cut(uptoSeq);
  }

  /** Lets go of the Y.Doc where nothing was pushed since `sinceMs`; the next push makes it again. */
  coolDown(sinceMs: number): void {
    if (this.#stagedMs >= sinceMs || this.hasWaiting) return;
    this.#clean = null;
    this.#dropStaging();
  }

  destroy(): void {
    this.#waiting = [];
    this.#isShaken = false;
    this.#dropStaging();
  }

  #steady(): void {
    if (!this.#isShaken) return;
    this.#isShaken = false;
    this.#staging = this.#makeStaging();
  }

  #dropStaging(): void {
    this.#staging?.doc.destroy();
    this.#staging = null;
  }

  #append(update: StoredUpdate): void {
    const { structs, ds } = Y.decodeUpdate(update.bytes);
    for (const { id, length } of structs) {
      const end = id.clock + length;
      if (end > (this.#clocks.get(id.client) ?? 0)) this.#clocks.set(id.client, end);
    }
    this.#tail.append(update, this.seq + 1, ds.clients.size > 0);
    this.seq = update.seq;
  }

  #logAfter(seq: number): MissingPart[] {
    return this.#tail.after(seq).map((bytes) => ({ encoding: 'v1', bytes }));
  }

  #makeClean(): { seq: number; bytes: Uint8Array } {
    const doc = loadDoc(this.stored);
    const bytes = Y.encodeStateAsUpdateV2(doc);
    doc.destroy();
    return { seq: this.seq, bytes };
  }

  #makeStaging(onOrphan: (update: Uint8Array) => void = () => {}): Staging {
    for (;;) {
      const staging = new Staging(this.#section, this.place.audience);
      staging.load(this.#snapshot, this.#tail.after(this.#snapshotSeq));
      const orphan = this.#waiting.find((update) => !staging.fits(update));
      if (!orphan) return staging;
      this.#orphans.add(orphan);
      onOrphan(orphan);
      this.#waiting = this.#waiting.filter((update) => update !== orphan);
    }
  }
}

function decodeVector(bytes: Uint8Array): void {
  try {
    Y.decodeStateVector(bytes);
  } catch (cause) {
    throw new LongtableError('badRequest', { cause });
  }
}

/** Of a snapshot whose state vector was not stored with it. */
const clocksOf = (snapshot: Uint8Array | null): Map<number, number> =>
  new Map(snapshot ? Y.parseUpdateMetaV2(snapshot).to : []);

const sum = (updates: readonly Uint8Array[]): number =>
  updates.reduce((total, { length }) => total + length, 0);

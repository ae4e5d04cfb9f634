import { afterError, type ErrorCode, type WireError } from '@longtable/shared/errors';
import type { Lineage, PresenceId, RoomId } from '@longtable/shared/ids';
import type { CursorRange, Presence } from '@longtable/shared/protocol/socket/cursor';
import type { JoinedRoom, JoinRequest, RefusedRoom } from '@longtable/shared/protocol/socket/join';
import type { PushReply } from '@longtable/shared/protocol/socket/push';
import { MAX_PUSH_BYTES, MAX_STATE_VECTOR_BYTES, MAX_TICKETS } from '@longtable/shared/limits';
import { fromBase64, toBase64 } from 'lib0/buffer';
import * as Y from 'yjs';
import type { RoomBatch } from './batch-names.ts';
import { Followed, isBehind, isLost } from './held.ts';
import { othersAfter } from './others.ts';
import { Outbox, wordsIn } from './outbox.ts';
import { Retry } from './retry.ts';
import { BEFORE_JOIN, type RoomWire } from './room-wire.ts';
import type { RoomView, SavedState } from './types.ts';

/** Changes that came from the server carry this origin; all others are this person's own. */
const FROM_SERVER = Symbol('from server');

/**
 * One room as this tab holds it: the document, the words that are not saved yet, and what is true about
 * them. Survives any number of disconnections. The server's side is docs/ROOMS.md.
 */
export class RoomSession {
  readonly id: RoomId;
  readonly #wire: RoomWire;
  readonly #listeners = new Set<() => void>();
  readonly #outbox = new Outbox();
  /** Every clientID this tab may still have unsaved words under, with its ticket. */
  readonly #tickets = new Map<number, string>();
  #doc: Y.Doc;
  /** Null until the first join; then that of the document held, joined or not. */
  #lineage: Lineage | null = null;
  readonly #followed = new Followed();
  #epoch = 0;
  /** Words were taken back for good: what is unsent goes out, then this document and its undo go too. */
  #isForgetting = false;
  /** Null while not joined. */
  #joined: { lineage: Lineage; presenceId: PresenceId } | null = null;
  /** Arrived before the join's own answer. */
  #early: RoomBatch[] = [];
  #isTakingIn = false;
  #clientSeq = 0;
  readonly #retry = new Retry();
  #view: RoomView = BEFORE_JOIN;

  constructor(id: RoomId, wire: RoomWire) {
    this.id = id;
    this.#wire = wire;
    this.#doc = this.#startDoc();
  }

  get doc(): Y.Doc {
    return this.#doc;
  }

  getView(): RoomView {
    return this.#view;
  }

  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  joinRequest(): JoinRequest['rooms'][number] {
    if (this.#lineage === null) return { room: this.id };
    const writers = this.#outbox.writers();
    for (const client of this.#tickets.keys()) {
      if (!writers.has(client) && client !== this.#doc.clientID) this.#tickets.delete(client);
    }
    const stateVector = Y.encodeStateVector(this.#doc);
    return {
      room: this.id,
      lineage: this.#lineage,
      ...(this.#followed.seq === null ? {} : { seq: this.#followed.seq }),
      ...(stateVector.length <= MAX_STATE_VECTOR_BYTES ? { stateVector: toBase64(stateVector) } : {}),
      // The present id's too: what is typed before the answer comes is still under it.
      tickets: [...this.#tickets.values()].slice(-MAX_TICKETS),
    };
  }

  onJoined(answer: JoinedRoom | RefusedRoom): void {
    if (!answer.ok) {
      this.#onJoinRefused(answer.error);
      return;
    }
    if (this.#lineage !== null && this.#lineage !== answer.lineage) this.#startAgain('lineageChanged');
    const held = fromBase64(answer.stateVector);
    const isHeld = this.#lineage !== null;
    if (isHeld && isLost(this.#doc, this.#outbox.writers(), held)) {
      // The server holds less than it once acknowledged, as after an old backup. What it lacks goes to the person.
      this.#refuse('resync', wordsIn(Y.encodeStateAsUpdate(this.#doc, held)));
      return;
    }
    this.#lineage = answer.lineage;
    this.#joined = { lineage: answer.lineage, presenceId: answer.presenceId };
    for (const { encoding, bytes } of answer.missing) this.#takeIn(fromBase64(bytes), encoding);
    if (this.#followed.seq !== null && isBehind(this.#doc, held)) {
      // The log goes on from other words than those that are here, as after an old backup.
      this.#askForAll();
      return;
    }
    this.#followed.seq = answer.seq;
    this.#isForgetting = isHeld && answer.epoch !== this.#epoch;
    if (!isHeld) this.#epoch = answer.epoch;
    for (const batch of this.#early.splice(0)) this.onBatch(batch);
    // Set last: what arrives from the server must never look as if it came from this tab's own id.
    this.#doc.clientID = answer.clientId;
    this.#tickets.set(answer.clientId, answer.ticket);
    this.#set({ isReady: true, canWrite: answer.canWrite && !this.#isForgetting, closed: null });
    // What waits to be sent may be refused as before: then only its being saved ends the growing waits.
    if (this.#outbox.isEmpty) this.#retry.reset();
    this.#send();
    this.#forgetIfSent();
  }

  onBatch(batch: RoomBatch): void {
    if (!this.#joined) {
      this.#early.push(batch);
      return;
    }
    if (batch.lineage !== this.#joined.lineage) return;
    this.#takeIn(fromBase64(batch.bytes), 'v1');
    this.#followed.took(batch.fromSeq, batch.toSeq);
    // Something it builds on never arrived: ask for what is missing rather than show half.
    if (this.#doc.store.pendingStructs || this.#doc.store.pendingDs) this.#askForAll();
  }

  onPresence(message: Presence): void {
    this.#set(othersAfter(this.#view.cursors, message, this.#joined?.presenceId));
  }

  onClosed(code: ErrorCode): void {
    if (afterError[code] === 'rejoin') this.#rejoin();
    else {
      this.#joined = null;
      this.#outbox.returnToQueue();
      this.#retry.stop();
      // What is held here is of a room that may be another one when it opens again.
      this.#startAgain(code);
      this.#set({ closed: code, canWrite: false, cursors: new Map() });
    }
  }

  onDisconnected(): void {
    this.#joined = null;
    this.#early = [];
    this.#outbox.returnToQueue();
    this.#retry.stop();
    this.#set({ cursors: new Map(), crowd: null });
  }

  setCursor(cursor: CursorRange): void {
    if (this.#joined && this.#wire.isOnline()) this.#wire.cursor(this.id, cursor);
  }

  dismissRefused(): void {
    this.#set({ refused: null });
  }

  destroy(): void {
    this.#retry.stop();
    this.#listeners.clear();
    this.#doc.destroy();
  }

  #takeIn(bytes: Uint8Array, encoding: 'v1' | 'v2'): void {
    this.#isTakingIn = true;
    try {
      (encoding === 'v2' ? Y.applyUpdateV2 : Y.applyUpdate)(this.#doc, bytes, FROM_SERVER);
    } finally {
      this.#isTakingIn = false;
    }
  }

  #startDoc(): Y.Doc {
    const doc = new Y.Doc();
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      // Where two people formatted the same words, Yjs tidies up by itself: everyone does, so nobody sends it.
      if (origin === FROM_SERVER || (this.#isTakingIn && origin === null)) return;
      this.#outbox.add(update);
      this.#send();
      this.#set({});
    });
    return doc;
  }

  #send(): void {
    if (!this.#joined || !this.#wire.isOnline() || this.#retry.isWaiting) return;
    const bytes = this.#outbox.take();
    if (!bytes) return;
    if (bytes.length > MAX_PUSH_BYTES) {
      // Over the limit the server would close the connection, which looks like a bad network and never ends.
      this.#refuse('tooLarge');
      return;
    }
    const clientSeq = ++this.#clientSeq;
    const { lineage } = this.#joined;
    this.#wire.push({ room: this.id, lineage, clientSeq, bytes: toBase64(bytes) }, (answer) => {
      // An answer to a push that a disconnection has already taken back is an answer to nobody.
      if (answer.clientSeq === this.#clientSeq && this.#outbox.isInFlight) this.#onAnswer(answer);
    });
  }

  #onAnswer(answer: PushReply): void {
    if (answer.ok) {
      this.#outbox.acknowledge();
      this.#followed.took(answer.seq, answer.seq);
      this.#retry.reset();
      this.#send();
      this.#set({});
      this.#forgetIfSent();
      return;
    }
    this.#outbox.returnToQueue();
    switch (afterError[answer.error.code]) {
      case 'retry':
        this.#retryLater(() => this.#send());
        break;
      case 'rejoin':
        this.#rejoin();
        break;
      case 'stop':
        this.#refuse(answer.error.code);
        break;
    }
    this.#set({});
  }

  /** Words that the server will never take go back to the person, and the document to what the server holds. */
  #refuse(code: ErrorCode, words?: string): void {
    this.#startAgain(code, words);
    this.#rejoin();
  }

  #onJoinRefused(error: WireError): void {
    if (afterError[error.code] === 'stop') this.onClosed(error.code);
    else this.#retryLater(() => this.#wire.rejoin(this.id));
  }

  /** An author's own undo would bring the words back: nothing is kept of what was before. */
  #forgetIfSent(): void {
    if (this.#isForgetting && this.#outbox.isEmpty) this.#refuse('lineageChanged');
  }

  /** By the state vector alone: what was counted as taken in may not all be here. */
  #askForAll(): void {
    this.#followed.seq = null;
    this.#rejoin();
  }

  #rejoin(): void {
    this.#joined = null;
    this.#outbox.returnToQueue();
    this.#retryLater(() => this.#wire.rejoin(this.id));
    this.#set({ cursors: new Map(), crowd: null });
  }

  #retryLater(action: () => void): void {
    this.#retry.later(() => {
      action();
      this.#set({});
    });
  }

  /** Gives the person their unsaved words back and begins with an empty document, to be filled by a join. */
  #startAgain(code: ErrorCode, words?: string): void {
    this.#handBack(code, words);
    this.#doc.destroy();
    this.#doc = this.#startDoc();
    this.#tickets.clear();
    this.#lineage = null;
    this.#followed.seq = null;
    this.#isForgetting = false;
    this.#set({ isReady: false });
  }

  #handBack(code: ErrorCode, unheld?: string): void {
    const unsent = this.#outbox.emptyIntoWords();
    const words = unheld ?? unsent;
    const earlier = this.#view.refused?.text ?? '';
    if (words !== '' || earlier !== '') this.#set({ refused: { code, text: earlier + words } });
  }

  #set(change: Partial<Omit<RoomView, 'saved'>>): void {
    const next = { ...this.#view, ...change };
    const saved = this.#savedState(next.refused !== null);
    const isSame = saved === this.#view.saved && Object.keys(change).length === 0;
    if (isSame) return;
    this.#view = { ...next, saved };
    for (const listener of [...this.#listeners]) listener();
  }

  #savedState(isRefused: boolean): SavedState {
    if (isRefused) return 'refused';
    if (this.#outbox.isEmpty) return 'saved';
    return this.#joined && this.#wire.isOnline() && !this.#retry.isWaiting ? 'sending' : 'device';
  }
}

import type { CanonicalBlock } from '@longtable/shared/documents/canonical';
import type { FieldAudience } from '@longtable/shared/documents/template';
import type { ErrorCode } from '@longtable/shared/errors';
import type { RoomId } from '@longtable/shared/ids';
import { MAX_BLOCKS, MAX_PASTE_CHARACTERS } from '@longtable/shared/limits';
import { placeBlocks, type Placing } from './place-blocks.ts';
import type { RoomsInUse } from './rooms-in-use.ts';

/** One person's box for one section. */
export interface Box {
  text: string;
  /** Where its words are going now; null while the person writes. */
  going: { to: FieldAudience; how: Placing } | null;
  /** Why the last words that were put on the table are still here. */
  error: ErrorCode | null;
  /** Where the last words went; null again as soon as somebody writes on. */
  wentTo: FieldAudience | null;
}

const EMPTY: Box = { text: '', going: null, error: null, wentTo: null };

/**
 * What a person writes for themselves before anybody sees it: in the memory of this page and nowhere else, one
 * box a section. Nothing leaves it before `put`, and it lets its words go only when the server has them.
 */
export class PrivateBoxes {
  readonly #rooms: RoomsInUse;
  readonly #boxes = new Map<string, Box>();
  readonly #listeners = new Set<() => void>();
  #giveUps = new Map<string, () => boolean>();

  constructor(rooms: RoomsInUse) {
    this.#rooms = rooms;
  }

  get(place: string): Box {
    return this.#boxes.get(place) ?? EMPTY;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Whether closing the page would lose words. */
  hasWords = (): boolean => [...this.#boxes.values()].some(({ text }) => text.trim() !== '');

  write(place: string, text: string): void {
    if (this.get(place).going === null) this.#set(place, { ...EMPTY, text });
  }

  /** Puts the words on the table: to the end of that room's text. */
  put(place: string, to: FieldAudience, room: RoomId): void {
    const { text, going } = this.get(place);
    const blocks = toBlocks(text);
    if (going !== null || blocks.length === 0) return;
    if (text.length > MAX_PASTE_CHARACTERS || blocks.length > MAX_BLOCKS) {
      this.#set(place, { ...EMPTY, text, error: 'tooLarge' });
      return;
    }
    const giveUp = placeBlocks(this.#rooms, room, blocks, (how) => {
      if (how.state === 'placed') this.#set(place, { ...EMPTY, wentTo: to });
      else if (how.state === 'refused') this.#set(place, { ...EMPTY, text, error: how.code });
      else this.#set(place, { ...EMPTY, text, going: { to, how } });
      if (this.get(place).going === null) this.#giveUps.delete(place);
    });
    if (this.get(place).going !== null) this.#giveUps.set(place, giveUp);
  }

  /** Takes up writing again, where the words have not reached the table's text yet. */
  stay(place: string): void {
    if (this.#giveUps.get(place)?.()) this.#set(place, { ...EMPTY, text: this.get(place).text });
  }

  /** Somebody has read where their words went. */
  read(place: string): void {
    if (this.get(place).wentTo !== null) this.#set(place, EMPTY);
  }

  /** Forgets everything at once. */
  wipe(): void {
    for (const giveUp of this.#giveUps.values()) giveUp();
    this.#giveUps.clear();
    this.#boxes.clear();
    this.#tell();
  }

  #set(place: string, box: Box): void {
    if (box.text === '' && box.wentTo === null) this.#boxes.delete(place);
    else this.#boxes.set(place, box);
    this.#tell();
  }

  #tell(): void {
    for (const listener of [...this.#listeners]) listener();
  }
}

/** A paragraph for each line that says something. */
export const toBlocks = (text: string): CanonicalBlock[] =>
  text
    .split(/\r\n?|\n/)
    .filter((line) => line.trim() !== '')
    .map((line) => ({ kind: 'paragraph', runs: [{ text: line.trim() }] }));

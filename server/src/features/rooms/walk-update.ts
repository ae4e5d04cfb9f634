import { LongtableError } from '@longtable/shared/errors';
import { MAX_PUSH_STRUCTS, MAX_PUSH_VALUES } from '@longtable/shared/limits';

/** Called in the order of the bytes. A walk can only be told of numbers: nothing is built for it. */
export interface Walker {
  struct?(client: number, clock: number, length: number): void;
  /** What a struct stands beside or in. */
  reference?(client: number, clock: number): void;
  /** A clientID under which ranges follow that are deleted. */
  deleter?(client: number): void;
  deletion?(client: number, clock: number, length: number): void;
}

/** As Yjs v1 numbers what a struct holds. Only these have a place in a room. */
const GC = 0;
const DELETED = 1;
const STRING = 4;
const FORMAT = 6;
const TYPE = 7;
const ANY = 8;
const SKIP = 10;
const FOREIGN: ReadonlySet<number> = new Set([2, 3, 5, 9]);

const KIND_BITS = 0b0001_1111;
const HAS_PARENT_KEY = 0b0010_0000;
const HAS_RIGHT = 0b0100_0000;
const HAS_LEFT = 0b1000_0000;

const XML_ELEMENT = 3;
const LAST_TYPE = 6;
const XML_HOOK = 5;

/**
 * Reads a Yjs v1 update from its first byte to its last, so that it can be judged before Yjs builds anything of
 * it: `Y.decodeUpdate` makes objects a hundred times the size of what describes them, and `Y.applyUpdate` an array
 * as long as a count claims to be. A count that the bytes cannot hold ends here, as do values that no section has
 * a place for and that would grow on being read: nested ones above all.
 *
 * Whatever this lets through, Yjs can decode, and finds the same in it (walk-update.test.ts).
 *
 * @throws LongtableError badRequest, badContent, tooLarge; resync for a gap
 */
export function walkUpdate(bytes: Uint8Array, walker: Walker): void {
  const cursor = new Cursor(bytes);
  let structs = 0;
  for (let clients = cursor.count(); clients > 0; clients--) {
    const here = cursor.count();
    structs += here;
    if (structs > MAX_PUSH_STRUCTS) throw new LongtableError('tooLarge');
    const client = cursor.number();
    let clock = cursor.number();
    for (let left = here; left > 0; left--) {
      const length = walkStruct(cursor, walker);
      walker.struct?.(client, clock, length);
      clock += length;
    }
  }
  for (let clients = cursor.count(); clients > 0; clients--) {
    const client = cursor.number();
    walker.deleter?.(client);
    for (let ranges = cursor.count(); ranges > 0; ranges--) {
      const clock = cursor.number();
      const length = cursor.number();
      walker.deletion?.(client, clock, length);
    }
  }
}

/** @returns how many clocks the struct takes */
function walkStruct(cursor: Cursor, walker: Walker): number {
  const info = cursor.byte();
  const kind = info & KIND_BITS;
  if (kind === SKIP) throw new LongtableError('resync');
  if (kind === GC) return cursor.number();
  if ((info & HAS_LEFT) !== 0) walkReference(cursor, walker);
  if ((info & HAS_RIGHT) !== 0) walkReference(cursor, walker);
  if ((info & (HAS_LEFT | HAS_RIGHT)) === 0) {
    if (cursor.number() === 1) cursor.text();
    else walkReference(cursor, walker);
    if ((info & HAS_PARENT_KEY) !== 0) cursor.text();
  }
  return walkContent(cursor, kind);
}

function walkReference(cursor: Cursor, walker: Walker): void {
  const client = cursor.number();
  const clock = cursor.number();
  walker.reference?.(client, clock);
}

function walkContent(cursor: Cursor, kind: number): number {
  switch (kind) {
    case DELETED:
      return cursor.number();
    case STRING:
      return cursor.text();
    case FORMAT:
      cursor.text();
      cursor.mark();
      return 1;
    case TYPE: {
      const type = cursor.number();
      if (type > LAST_TYPE) throw new LongtableError('badRequest');
      if (type === XML_ELEMENT || type === XML_HOOK) cursor.text();
      return 1;
    }
    case ANY: {
      const values = cursor.count();
      if (values > MAX_PUSH_VALUES) throw new LongtableError('tooLarge');
      // One in what a page sends; several where a whole state holds a choice that was made anew and kept for undo.
      for (let left = values; left > 0; left--) cursor.value();
      return values;
    }
    default:
      throw new LongtableError(FOREIGN.has(kind) ? 'badContent' : 'badRequest');
  }
}

/** As lib0 numbers values of any kind. */
const Value = {
  undefined: 127,
  null: 126,
  integer: 125,
  float32: 124,
  float64: 123,
  false: 121,
  true: 120,
  string: 119,
  array: 117,
} as const;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const BRACKET = 0x5b;
const BRACE = 0x7b;
const COMMA = 0x2c;

class Cursor {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  byte(): number {
    const byte = this.#bytes[this.#at++];
    if (byte === undefined) throw new LongtableError('badRequest');
    return byte;
  }

  number(): number {
    let value = 0;
    let unit = 1;
    for (;;) {
      const byte = this.byte();
      value += (byte & 0x7f) * unit;
      if (byte < 0x80) return value;
      unit *= 0x80;
      if (value > Number.MAX_SAFE_INTEGER) throw new LongtableError('badRequest');
    }
  }

  /** How many things follow, each of at least one byte. */
  count(): number {
    const count = this.number();
    if (count > this.#bytes.length - this.#at) throw new LongtableError('badRequest');
    return count;
  }

  /** @returns its length in UTF-16 units, which is what Yjs counts */
  text(): number {
    const end = this.#endOf(this.count());
    let units = 0;
    while (this.#at < end) units += this.#character(end);
    return units;
  }

  /** A mark's value as JSON: null, {} or one key with a text. More, nested above all, belongs to no section. */
  mark(): void {
    const start = this.#at;
    this.text();
    const end = this.#at;
    this.#at = start;
    this.count();
    let isInString = false;
    let braces = 0;
    while (this.#at < end) {
      const byte = this.byte();
      if (isInString && byte === BACKSLASH) this.#at += 1;
      else if (byte === QUOTE) isInString = !isInString;
      else if (!isInString) {
        if (byte === BRACE) braces += 1;
        if (byte === BRACKET || byte === COMMA || braces > 1) throw new LongtableError('badContent');
      }
    }
    if (isInString || this.#at !== end) throw new LongtableError('badRequest');
  }

  /** An attribute's or a cell's value: a plain one, or a list of texts. */
  value(): void {
    const kind = this.byte();
    switch (kind) {
      case Value.undefined:
      case Value.null:
      case Value.false:
      case Value.true:
        return;
      case Value.integer:
        this.#integer();
        return;
      case Value.float32:
        this.#at = this.#endOf(4);
        return;
      case Value.float64:
        this.#at = this.#endOf(8);
        return;
      case Value.string:
        this.text();
        return;
      case Value.array:
        for (let left = this.count(); left > 0; left--) {
          if (this.byte() !== Value.string) throw new LongtableError('badContent');
          this.text();
        }
        return;
      default:
        throw new LongtableError('badContent');
    }
  }

  /** Like a number, with a sign in its first byte. */
  #integer(): void {
    let unit = 0x40;
    let byte = this.byte();
    let value = byte & 0x3f;
    while (byte >= 0x80) {
      byte = this.byte();
      value += (byte & 0x7f) * unit;
      unit *= 0x80;
      if (value > Number.MAX_SAFE_INTEGER) throw new LongtableError('badRequest');
    }
  }

  #endOf(length: number): number {
    const end = this.#at + length;
    if (end > this.#bytes.length) throw new LongtableError('badRequest');
    return end;
  }

  /** One character of UTF-8, as strictly as Yjs decodes it. @returns its UTF-16 units */
  #character(end: number): 1 | 2 {
    const first = this.byte();
    if (first < 0x80) return 1;
    const more = first >= 0xf0 ? 3 : first >= 0xe0 ? 2 : 1;
    if (first < 0xc2 || first > 0xf4 || this.#at + more > end) throw new LongtableError('badRequest');
    let point = first & (0x3f >> more);
    for (let left = more; left > 0; left--) {
      const byte = this.byte();
      if ((byte & 0xc0) !== 0x80) throw new LongtableError('badRequest');
      point = (point << 6) | (byte & 0x3f);
    }
    const isOverlong = point < (more === 3 ? 0x1_0000 : more === 2 ? 0x800 : 0x80);
    const isSurrogate = point >= 0xd800 && point <= 0xdfff;
    if (isOverlong || isSurrogate || point > 0x10_ffff) throw new LongtableError('badRequest');
    return more === 3 ? 2 : 1;
  }
}

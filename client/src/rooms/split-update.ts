import { MAX_PUSH_BYTES, MAX_PUSH_DELETE_RANGES, MAX_PUSH_STRUCTS } from '@longtable/shared/limits';
import { writeUint8Array, writeVarUint } from 'lib0/encoding';
import * as Y from 'yjs';

/** What one push may hold. */
export interface PushLimits {
  bytes: number;
  structs: number;
  /** Each writer of whom something is deleted counts as one more. */
  deleteRanges: number;
}

const ONE_PUSH: PushLimits = {
  bytes: MAX_PUSH_BYTES,
  structs: MAX_PUSH_STRUCTS,
  deleteRanges: MAX_PUSH_DELETE_RANGES,
};

/** Bytes around the structs of a part, and around the letters of one struct: far fewer in truth. */
const ENVELOPE_BYTES = 200;

/** Bytes of UTF-8 that one UTF-16 unit takes at most. */
const MOST_BYTES_OF_UNIT = 3;

/** An update, or one of the parts that it was split into. */
export interface Part {
  update: Uint8Array;
  /** How much of one push it takes: 1 fills it. */
  share: number;
}

type Struct = ReturnType<typeof Y.decodeUpdate>['structs'][number];
interface DeleteRange {
  client: number;
  clock: number;
  len: number;
}

/**
 * One edit as updates that fit a push each, to be sent in this order: an undone "delete all" or a paste of many short
 * lines does not fit one. An edit of one writer refers only to what that writer wrote before, so any beginning of it
 * can stand alone. What it deletes goes last: where the rest never gets through, too much is left standing, not too little.
 */
export function splitUpdate(update: Uint8Array, limits: PushLimits = ONE_PUSH): Part[] {
  const { structs, ds } = Y.decodeUpdate(update);
  const ranges = [...ds.clients].flatMap(([client, items]) =>
    items.map(({ clock, len }): DeleteRange => ({ client, clock, len })),
  );
  const share = Math.max(
    update.length / limits.bytes,
    structs.length / limits.structs,
    (ranges.length + ds.clients.size) / limits.deleteRanges,
  );
  const writers = new Set(structs.map(({ id }) => id.client));
  if (share <= 1 || writers.size > 1) return [{ update, share }];
  return [...writtenParts(structs, limits), ...deletedParts(ranges, limits)];
}

function* writtenParts(structs: readonly Struct[], limits: PushLimits): Generator<Part> {
  let pieces: { struct: Struct; bytes: Uint8Array }[] = [];
  let bytes = 0;
  const take = (): Part => {
    const part = encode(limits, ({ restEncoder: out }) => {
      const { client, clock } = pieces[0]!.struct.id;
      for (const number of [1, pieces.length, client, clock]) writeVarUint(out, number);
      for (const piece of pieces) writeUint8Array(out, piece.bytes);
      writeVarUint(out, 0);
      return pieces.length / limits.structs;
    });
    pieces = [];
    bytes = 0;
    return part;
  };
  for (const struct of structs.flatMap((each) => [...cutLetters(each, limits.bytes)])) {
    const encoder = new Y.UpdateEncoderV1();
    struct.write(encoder, 0);
    const piece = { struct, bytes: encoder.toUint8Array() };
    const isFull =
      pieces.length >= limits.structs || bytes + piece.bytes.length + ENVELOPE_BYTES > limits.bytes;
    if (isFull && pieces.length > 0) yield take();
    pieces.push(piece);
    bytes += piece.bytes.length;
  }
  if (pieces.length > 0) yield take();
}

/** Letters that were written in one go and do not fit one push, as if they had been written in several. */
function* cutLetters(struct: Struct, mostBytes: number): Generator<Struct> {
  const most = Math.floor((mostBytes - 2 * ENVELOPE_BYTES) / MOST_BYTES_OF_UNIT);
  if (!(struct instanceof Y.Item) || !(struct.content instanceof Y.ContentString) || struct.length <= most) {
    yield struct;
    return;
  }
  const { id, origin, rightOrigin, parent, parentSub, content } = struct;
  const item = (from: number, to: number): Y.Item =>
    new Y.Item(
      Y.createID(id.client, id.clock + from),
      null,
      from === 0 ? origin : Y.createID(id.client, id.clock + from - 1),
      null,
      rightOrigin,
      parent,
      parentSub,
      new Y.ContentString(content.str.slice(from, to)),
    );
  for (let from = 0; from < content.str.length;) {
    let to = Math.min(from + most, content.str.length);
    // Never between the two halves of one character.
    if (to < content.str.length && /[\uD800-\uDBFF]/.test(content.str.charAt(to - 1))) to -= 1;
    yield item(from, to);
    from = to;
  }
}

function* deletedParts(ranges: readonly DeleteRange[], limits: PushLimits): Generator<Part> {
  let ofWriters = new Map<number, DeleteRange[]>();
  let count = 0;
  const take = (): Part => {
    const part = encode(limits, ({ restEncoder: out }) => {
      writeVarUint(out, 0);
      writeVarUint(out, ofWriters.size);
      for (const [client, here] of ofWriters) {
        for (const number of [client, here.length]) writeVarUint(out, number);
        for (const { clock, len } of here) for (const number of [clock, len]) writeVarUint(out, number);
      }
      return count / limits.deleteRanges;
    });
    ofWriters = new Map();
    count = 0;
    return part;
  };
  for (const range of ranges) {
    if (count + (ofWriters.has(range.client) ? 1 : 2) > limits.deleteRanges) yield take();
    const here = ofWriters.get(range.client);
    if (here) here.push(range);
    else ofWriters.set(range.client, [range]);
    count += here ? 1 : 2;
  }
  if (count > 0) yield take();
}

function encode(limits: PushLimits, write: (encoder: Y.UpdateEncoderV1) => number): Part {
  const encoder = new Y.UpdateEncoderV1();
  const share = write(encoder);
  const update = encoder.toUint8Array();
  return { update, share: Math.max(share, update.length / limits.bytes) };
}

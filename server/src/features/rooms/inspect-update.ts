import { LongtableError } from '@longtable/shared/errors';
import { MAX_PUSH_CLIENTS, MAX_PUSH_CLOCKS, MAX_PUSH_DELETE_RANGES } from '@longtable/shared/limits';
import * as Y from 'yjs';

/** A Yjs client's clock: how many of its structs a document holds. */
type ClockOf = (client: number) => number;

interface Decoded {
  structs: (Y.Item | Y.GC | Y.Skip)[];
  ds: { clients: Map<number, { clock: number; len: number }[]> };
}

/**
 * Reads an update without applying it and refuses what could harm others (ROOMS.md R4–R6).
 *
 * Attackers: structs under another writer's clientID put words into their mouth; a delete range beyond
 * what exists erases a victim's next keystrokes as they arrive; a gap makes every receiver hold the
 * update back for ever; a huge count costs `applyUpdate` memory before it notices the end of the bytes.
 *
 * @throws LongtableError badRequest, tooLarge, notOwner or resync
 */
export function inspectUpdate(bytes: Uint8Array, clockOf: ClockOf, isOwner: (client: number) => boolean): void {
  const { structs, ds } = decode(bytes);
  const ends = followClocks(structs, clockOf);
  if (ends.size > MAX_PUSH_CLIENTS) throw new LongtableError('tooLarge');
  for (const client of ends.keys()) if (!isOwner(client)) throw new LongtableError('notOwner');
  checkDeletes(ds.clients, (client) => Math.max(ends.get(client) ?? 0, clockOf(client)));
}

/** The words that an update brings, for handing back what was refused; structure and marks are not words. */
export function wordsIn(bytes: Uint8Array): string {
  return decode(bytes)
    .structs.map((struct) => (struct instanceof Y.Item && struct.content instanceof Y.ContentString ? struct.content.str : ''))
    .join('');
}

function decode(bytes: Uint8Array): Decoded {
  try {
    return Y.decodeUpdate(bytes) as Decoded;
  } catch (cause) {
    throw new LongtableError('badRequest', { cause });
  }
}

/** Checks that each writer's structs follow on from what is known, and returns where they end. */
function followClocks(structs: Decoded['structs'], clockOf: ClockOf): Map<number, number> {
  const ends = new Map<number, number>();
  let clocks = 0;
  for (const struct of structs) {
    if (struct instanceof Y.Skip) throw new LongtableError('resync');
    const { client, clock } = struct.id;
    const end = ends.get(client);
    if (end === undefined ? clock > clockOf(client) : clock !== end) throw new LongtableError('resync');
    if (!(struct.length > 0)) throw new LongtableError('badRequest');
    clocks += struct.length;
    if (clocks > MAX_PUSH_CLOCKS) throw new LongtableError('tooLarge');
    ends.set(client, clock + struct.length);
  }
  return ends;
}

function checkDeletes(clients: Decoded['ds']['clients'], endOf: ClockOf): void {
  let ranges = 0;
  for (const [client, deletes] of clients) {
    ranges += deletes.length;
    if (ranges > MAX_PUSH_DELETE_RANGES) throw new LongtableError('tooLarge');
    const end = endOf(client);
    for (const { clock, len } of deletes) if (clock + len > end) throw new LongtableError('resync');
  }
}

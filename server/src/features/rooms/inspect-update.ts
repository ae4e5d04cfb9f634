import { LongtableError } from '@longtable/shared/errors';
import {
  MAX_PUSH_CLIENTS,
  MAX_PUSH_CLOCKS,
  MAX_PUSH_DELETE_RANGES,
  MAX_PUSH_STRUCTS,
} from '@longtable/shared/limits';
import * as Y from 'yjs';

/** A Yjs client's clock: how many of its structs a document holds. */
type ClockOf = (client: number) => number;

interface Decoded {
  structs: (Y.Item | Y.GC | Y.Skip)[];
  ds: { clients: Map<number, { clock: number; len: number }[]> };
}

/** What an update is held against. */
export interface Known {
  /** What the server holds, writes under way included. */
  clockOf: ClockOf;
  /** What everyone may have seen. */
  committedClockOf: ClockOf;
  isOwner(client: number): boolean;
}

/**
 * Reads an update without applying it and refuses what could harm others (ROOMS.md R4–R6).
 *
 * Attackers: structs under another writer's clientID put words into their mouth; a delete range beyond
 * what exists erases a victim's next keystrokes as they arrive; a gap, or a reference to words that may
 * still fail to commit, makes every receiver hold the update back for ever; overlapping delete ranges and
 * a huge count cost far more than their own size.
 *
 * @throws LongtableError badRequest, tooLarge, notOwner or resync
 */
export function inspectUpdate(bytes: Uint8Array, { clockOf, committedClockOf, isOwner }: Known): void {
  const { structs, ds } = decode(bytes);
  if (structs.length > MAX_PUSH_STRUCTS) throw new LongtableError('tooLarge');
  const ends = followClocks(structs, clockOf);
  if (ends.size > MAX_PUSH_CLIENTS) throw new LongtableError('tooLarge');
  for (const client of ends.keys()) if (!isOwner(client)) throw new LongtableError('notOwner');
  // One's own writes under way may be built upon: they share the fate of this one's grant, and of its room.
  const endOf = (client: number) =>
    isOwner(client) ? Math.max(ends.get(client) ?? 0, clockOf(client)) : committedClockOf(client);
  for (const struct of structs) {
    for (const id of referencesOf(struct))
      if (id.clock >= endOf(id.client)) throw new LongtableError('resync');
  }
  checkDeletes(ds.clients, endOf);
}

function referencesOf(struct: Decoded['structs'][number]): Y.ID[] {
  if (!(struct instanceof Y.Item)) return [];
  const parent = struct.parent as unknown;
  return [struct.origin, struct.rightOrigin, parent instanceof Y.ID ? parent : null].filter(
    (id) => id !== null,
  );
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
    let last = 0;
    for (const { clock, len } of deletes) {
      // As Yjs writes them: in order, none touching the one before. Overlapping ones cost their product.
      if (clock < last || !(len > 0)) throw new LongtableError('badRequest');
      last = clock + len;
      if (last > end) throw new LongtableError('resync');
    }
  }
}

import { LongtableError } from '@longtable/shared/errors';
import { MAX_PUSH_CLIENTS, MAX_PUSH_CLOCKS, MAX_PUSH_DELETE_RANGES } from '@longtable/shared/limits';
import { walkUpdate } from './walk-update.ts';

/** A Yjs client's clock: how many of its structs a document holds. */
type ClockOf = (client: number) => number;

/** What an update is held against. */
export interface Known {
  /** What the server holds, writes under way included. */
  clockOf: ClockOf;
  /** What everyone may have seen. */
  committedClockOf: ClockOf;
  isOwner(client: number): boolean;
}

/**
 * Reads an update without building anything of it and refuses what could harm others (ROOMS.md R4–R6).
 *
 * Attackers: structs under another writer's clientID put words into their mouth; a delete range beyond
 * what exists erases a victim's next keystrokes as they arrive; a gap, or a reference to words that may
 * still fail to commit, makes every receiver hold the update back for ever; overlapping delete ranges and
 * a huge count cost far more than their own size.
 *
 * @throws LongtableError badRequest, badContent, tooLarge, notOwner or resync
 */
export function inspectUpdate(bytes: Uint8Array, { clockOf, committedClockOf, isOwner }: Known): void {
  const ends = followClocks(bytes, clockOf);
  for (const client of ends.keys()) if (!isOwner(client)) throw new LongtableError('notOwner');
  // One's own writes under way may be built upon: they share the fate of this one's grant, and of its room.
  const endOf = (client: number) =>
    isOwner(client) ? Math.max(ends.get(client) ?? 0, clockOf(client)) : committedClockOf(client);
  const deleters = new Set<number>();
  let ranges = 0;
  let last = 0;
  let end = 0;
  const countRange = (): void => {
    ranges += 1;
    if (ranges > MAX_PUSH_DELETE_RANGES) throw new LongtableError('tooLarge');
  };
  walkUpdate(bytes, {
    reference(client, clock) {
      if (clock >= endOf(client)) throw new LongtableError('resync');
    },
    deleter(client) {
      countRange();
      // Each once: otherwise ranges could overlap after all.
      if (deleters.has(client)) throw new LongtableError('badRequest');
      deleters.add(client);
      last = 0;
      end = endOf(client);
    },
    deletion(_client, clock, length) {
      countRange();
      // As Yjs writes them: in order, none touching the one before. Overlapping ones cost their product.
      if (clock < last || !(length > 0)) throw new LongtableError('badRequest');
      last = clock + length;
      if (last > end) throw new LongtableError('resync');
    },
  });
}

/** Checks that each writer's structs follow on from what is known, and returns where they end. */
function followClocks(bytes: Uint8Array, clockOf: ClockOf): Map<number, number> {
  const ends = new Map<number, number>();
  let clocks = 0;
  walkUpdate(bytes, {
    struct(client, clock, length) {
      const end = ends.get(client);
      if (end === undefined ? clock > clockOf(client) : clock !== end) throw new LongtableError('resync');
      if (!(length > 0)) throw new LongtableError('badRequest');
      clocks += length;
      if (clocks > MAX_PUSH_CLOCKS) throw new LongtableError('tooLarge');
      ends.set(client, clock + length);
      if (ends.size > MAX_PUSH_CLIENTS) throw new LongtableError('tooLarge');
    },
  });
  return ends;
}

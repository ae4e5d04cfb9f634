import type { Lineage, RoomId, SeatId } from '@longtable/shared/ids';
import * as Y from 'yjs';
import type { OwnUpdate, TriedOn, Write, WriteResult } from './update-store.ts';

export type CommitOutcome = { ok: true; update: OwnUpdate } | Extract<WriteResult, { ok: false }>;

/** One staged update on its way into the log. */
export interface Queued {
  /** The copy on which it was tried: what waits there becomes one row. */
  copy: object;
  room: RoomId;
  lineage: Lineage;
  seat: SeatId;
  bytes: Uint8Array;
  on?: TriedOn;
  /** How many people will be sent it. */
  hearers: number;
  /** Asked right before each try: what it builds on may have failed since it was queued. */
  isOrphan: () => boolean;
  /** Called exactly once, after the commit or its failure. */
  settle: (outcome: CommitOutcome) => void;
}

/** What the people of one room have written since its last batch: sealed, stored and sent as one. */
export interface Row extends Write {
  /** In the order of their arrival. */
  writes: readonly Queued[];
}

/** One row for each copy that is written to. */
export function rowsOf(batch: readonly Queued[]): Row[] {
  const byCopy = new Map<object, Queued[]>();
  for (const write of batch) {
    const writes = byCopy.get(write.copy);
    if (writes) writes.push(write);
    else byCopy.set(write.copy, [write]);
  }
  return [...byCopy.values()].flatMap((writes) => {
    const [first] = writes;
    if (!first) return [];
    const { room, lineage, on } = first;
    const bytes = writes.length === 1 ? first.bytes : Y.mergeUpdates(writes.map((write) => write.bytes));
    const seats = [...new Set(writes.map(({ seat }) => seat))];
    return [{ room, lineage, seats, bytes, writes, ...(on ? { on: triedOn(on, writes) } : {}) }];
  });
}

/** All were tried on the same copy: the row stands where each of them does. */
const triedOn = (on: TriedOn, writes: readonly Queued[]): TriedOn => ({
  get seq() {
    return on.seq;
  },
  catchUp: (updates, headSeq) => on.catchUp(updates, headSeq),
  stands: () => writes.every((write) => write.on?.stands() ?? true),
});

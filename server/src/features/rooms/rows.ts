import * as Y from 'yjs';
import type { Queued } from './committer.ts';
import type { TriedOn, Write } from './update-store.ts';

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

import type { RoomId } from '@longtable/shared/ids';
import { isDatabaseAway, type RefusalDeps } from '../../platform/wire-error.ts';
import { createPace } from './pace.ts';
import { type Queued, type Row, rowsOf } from './rows.ts';
import type { UpdateStore, WriteResult } from './update-store.ts';

/** What one transaction takes at most: keeps it, and a bisection, short. */
const MAX_BATCH_WRITES = 500;
const MAX_BATCH_BYTES = 4_194_304;

export interface Committer {
  add(queued: Queued): void;
  /** How many wait for their transaction. */
  readonly queued: number;
  /** Whether nothing is queued or under way. */
  readonly isIdle: boolean;
  /** Resolves when the batch under way or being collected, if any, is settled and published. */
  afterBatch(): Promise<void>;
  /** Resolves when nothing is queued or under way. */
  idle(): Promise<void>;
}

/**
 * Group commit: an idle committer flushes at once. While a transaction is under way, and while a room waits for its
 * turn (see `createPace`), further writes collect for the next. `publish` runs once all writes of a batch are settled,
 * so that broadcasts can be merged per room.
 */
export function createCommitter(
  store: UpdateStore,
  { logger, metrics }: RefusalDeps,
  publish: () => Promise<void>,
): Committer {
  /** By room, each in order of arrival; whoever waits longest comes first. */
  const waiting = new Map<RoomId, Queued[]>();
  const pace = createPace();
  let queued = 0;
  let isRunning = false;
  let current: Promise<void> = Promise.resolve();
  /** The wait for the next turn, which ends where somebody comes whose turn is sooner. */
  let sleep: { untilMs: number; end: () => void } | null = null;

  /** When the writes of a room may begin, in performance.now() time. */
  const turnOf = (room: RoomId, writes: readonly Queued[]): number =>
    pace.turnMs(room, writes.at(-1)?.hearers ?? 0);

  const collect = async (): Promise<void> => {
    for (;;) {
      let untilMs = Infinity;
      for (const [room, writes] of waiting) untilMs = Math.min(untilMs, turnOf(room, writes));
      const waitMs = untilMs - performance.now();
      if (waitMs <= 0) return;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, waitMs);
        const end = () => {
          clearTimeout(timer);
          resolve();
        };
        sleep = { untilMs, end };
      });
      sleep = null;
    }
  };

  const run = async (): Promise<void> => {
    if (isRunning) return;
    isRunning = true;
    while (queued > 0) {
      current = collect()
        .then(() => commit(takeBatch()))
        .then(publish)
        .catch((error: unknown) => logger.error({ err: error }, 'a batch was not published'));
      await current;
    }
    isRunning = false;
  };

  /** Of every room whose turn it is. */
  const takeBatch = (): Queued[] => {
    const nowMs = performance.now();
    const batch: Queued[] = [];
    let bytes = 0;
    for (const [room, writes] of waiting) {
      if (turnOf(room, writes) > nowMs) continue;
      const end = writes.findIndex((write, index) => {
        bytes += write.bytes.length;
        const count = batch.length + index;
        return count > 0 && (count >= MAX_BATCH_WRITES || bytes > MAX_BATCH_BYTES);
      });
      batch.push(...writes.splice(0, end < 0 ? writes.length : end));
      if (end >= 0) break;
      waiting.delete(room);
      pace.began(room, nowMs);
    }
    queued -= batch.length;
    pace.took(batch.length, nowMs);
    return batch;
  };

  const commit = async (batch: readonly Queued[]): Promise<void> => {
    const startedMs = performance.now();
    const orphans = new Set<Queued>();
    let rows: Row[];
    let results: WriteResult[];
    try {
      for (const write of batch) if (write.isOrphan()) orphans.add(write);
      rows = rowsOf(batch.filter((write) => !orphans.has(write)));
      const measure = () => metrics.committed((performance.now() - startedMs) / 1_000, batch.length);
      results = rows.length > 0 ? await store.commit(rows).finally(measure) : [];
    } catch (error) {
      await split(batch, error);
      return;
    }
    for (const write of orphans) write.settle({ ok: false, code: 'unavailable' });
    await settle(rows, results);
  };

  /** A batch that fails is split until the write that the database will not take stands alone. */
  const split = async (batch: readonly Queued[], error: unknown): Promise<void> => {
    if (batch.length > 1 && !isDatabaseAway(error)) {
      const middle = batch.length >> 1;
      await commit(batch.slice(0, middle));
      // The copies must hold the first half before the second is compared with them.
      await publish();
      await commit(batch.slice(middle));
      return;
    }
    logger.warn({ err: error, writes: batch.length }, 'writes were not committed');
    for (const write of batch) write.settle({ ok: false, code: 'unavailable' });
  };

  const settle = async (rows: readonly Row[], results: readonly WriteResult[]): Promise<void> => {
    const apart: Queued[] = [];
    for (const [index, { writes, bytes }] of rows.entries()) {
      const result = results[index] ?? { ok: false, code: 'unavailable' };
      if (result.ok) {
        const update = { seq: result.seq, bytes, parts: writes.map((write) => write.bytes) };
        for (const write of writes) write.settle({ ok: true, update });
      } else if (writes.length > 1 && isOfOneWrite(result)) apart.push(...writes);
      else for (const write of writes) write.settle(result);
    }
    // One after another: what was tried on top of a write that is refused then falls with it, before it is asked for.
    for (const write of apart) {
      await publish();
      await commit([write]);
    }
  };

  return {
    add(write) {
      const writes = waiting.get(write.room);
      if (writes) writes.push(write);
      else {
        waiting.set(write.room, [write]);
        if (sleep && turnOf(write.room, [write]) < sleep.untilMs) sleep.end();
      }
      queued += 1;
      void run();
    },
    get queued() {
      return queued;
    },
    get isIdle() {
      return !isRunning;
    },
    afterBatch: () => current,
    idle: async () => {
      while (isRunning) await current;
    },
  };
}

/** Whether the writes of a refused row may fare differently: one writer lost the right, or one write was overtaken. */
const isOfOneWrite = ({ code }: Extract<WriteResult, { ok: false }>): boolean =>
  code === 'notFound' || code === 'unavailable';

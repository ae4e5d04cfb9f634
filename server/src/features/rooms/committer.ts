import { isDatabaseAway } from '../../platform/wire-error.ts';
import type { UpdateStore, Write, WriteResult } from './update-store.ts';

export type CommitOutcome = WriteResult | { ok: false; code: 'unavailable' };

interface Queued {
  write: Write;
  settle: (outcome: CommitOutcome) => void;
}

/** Writes that one transaction takes at most: keeps a transaction, and a bisection, short. */
const MAX_BATCH = 500;

export interface Committer {
  /** Queues a write. `settle` is called exactly once, after the commit or its failure, in batch order. */
  add(write: Write, settle: (outcome: CommitOutcome) => void): void;
  /** Resolves when the batch under way, if any, is settled and published. */
  afterBatch(): Promise<void>;
  /** Resolves when nothing is queued or under way. */
  idle(): Promise<void>;
}

/**
 * Group commit: an idle committer flushes at once; while a transaction is under way further writes
 * collect for the next. `publish` runs once all writes of a batch are settled, so that broadcasts
 * can be merged per room.
 */
export function createCommitter(store: UpdateStore, publish: () => Promise<void>): Committer {
  let queue: Queued[] = [];
  let isRunning = false;
  let current: Promise<void> = Promise.resolve();

  const run = async (): Promise<void> => {
    if (isRunning) return;
    isRunning = true;
    while (queue.length > 0) {
      const batch = queue.slice(0, MAX_BATCH);
      queue = queue.slice(MAX_BATCH);
      current = commit(batch).then(publish);
      await current;
    }
    isRunning = false;
  };

  /** A batch that fails is split until the write that the database will not take stands alone. */
  const commit = async (batch: Queued[]): Promise<void> => {
    let outcomes: CommitOutcome[];
    try {
      outcomes = await store.commit(batch.map(({ write }) => write));
    } catch (error) {
      if (batch.length > 1 && !isDatabaseAway(error)) {
        const middle = batch.length >> 1;
        await commit(batch.slice(0, middle));
        await commit(batch.slice(middle));
        return;
      }
      outcomes = batch.map(() => ({ ok: false, code: 'unavailable' }));
    }
    batch.forEach(({ settle }, index) => settle(outcomes[index] ?? { ok: false, code: 'unavailable' }));
  };

  return {
    add(write, settle) {
      queue.push({ write, settle });
      void run();
    },
    afterBatch: () => current,
    idle: async () => {
      while (isRunning) await current;
    },
  };
}

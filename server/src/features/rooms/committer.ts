import type { Logger } from 'pino';
import { isDatabaseAway } from '../../platform/wire-error.ts';
import type { UpdateStore, Write, WriteResult } from './update-store.ts';

export type CommitOutcome = WriteResult | { ok: false; code: 'unavailable' };

export interface Queued {
  write: Write;
  /** Asked right before each try: what it builds on may have failed since it was queued. */
  isOrphan: () => boolean;
  /** Called exactly once, after the commit or its failure, in batch order. */
  settle: (outcome: CommitOutcome) => void;
}

/** What one transaction takes at most: keeps it, and a bisection, short. */
const MAX_BATCH_WRITES = 500;
const MAX_BATCH_BYTES = 4_194_304;

export interface Committer {
  add(queued: Queued): void;
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
export function createCommitter(store: UpdateStore, logger: Logger, publish: () => Promise<void>): Committer {
  const queue: Queued[] = [];
  let isRunning = false;
  let current: Promise<void> = Promise.resolve();

  const run = async (): Promise<void> => {
    if (isRunning) return;
    isRunning = true;
    while (queue.length > 0) {
      const batch = takeBatch();
      current = commit(batch)
        .then(publish)
        .catch((error: unknown) => logger.error({ err: error }, 'a batch was not published'));
      await current;
    }
    isRunning = false;
  };

  const takeBatch = (): Queued[] => {
    let bytes = 0;
    const end = queue.findIndex(({ write }, index) => {
      bytes += write.bytes.length;
      return index > 0 && (index >= MAX_BATCH_WRITES || bytes > MAX_BATCH_BYTES);
    });
    return queue.splice(0, end < 0 ? queue.length : end);
  };

  /** A batch that fails is split until the write that the database will not take stands alone. */
  const commit = async (asked: Queued[]): Promise<void> => {
    const batch = asked.filter(({ isOrphan, settle }) => {
      if (isOrphan()) settle({ ok: false, code: 'unavailable' });
      return !isOrphan();
    });
    if (batch.length === 0) return;
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
      logger.warn({ err: error, writes: batch.length }, 'writes were not committed');
      outcomes = batch.map(() => ({ ok: false, code: 'unavailable' }));
    }
    batch.forEach(({ settle }, index) => settle(outcomes[index] ?? { ok: false, code: 'unavailable' }));
  };

  return {
    add(queued) {
      queue.push(queued);
      void run();
    },
    afterBatch: () => current,
    idle: async () => {
      while (isRunning) await current;
    },
  };
}

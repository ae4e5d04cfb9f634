import type { Env } from './env.ts';
import { createSharedBus } from './platform/bus.ts';
import { systemClock } from './platform/clock.ts';
import { type Database, migrate, openDatabase } from './platform/db.ts';
import type { Deps } from './platform/deps.ts';
import { createLogger } from './platform/logger.ts';
import type { Keyring } from './platform/keyring.ts';
import { createMetrics } from './platform/metrics.ts';
import { createNoLink } from './platform/node-link.ts';
import { openKeyring } from './platform/open-keyring.ts';
import { openRedisLink } from './platform/redis-link.ts';
import type { ClosingStep } from './platform/shutdown.ts';
import { StartupError } from './platform/startup-error.ts';

export interface Opened {
  deps: Deps;
  /** In the order in which they are to be run. */
  closing: readonly ClosingStep[];
}

/**
 * Everything behind the doors, opened and up to date: for the server and for each command.
 * @throws StartupError
 */
export async function openDeps(env: Env, say: (sentence: string) => void): Promise<Opened> {
  // A line for each request is for whoever collects logs; someone at a terminal wants to see what is wrong.
  const logger = createLogger({ level: process.stdout.isTTY ? 'warn' : 'info' });
  const database = await openDatabase(env, {
    onProgress: say,
    // Whoever runs us starts us again, and then it answers; alive, we would only say no for ever.
    onPanic: (sentence) => {
      say(sentence);
      process.exit(1);
    },
  });
  try {
    await bringUpToDate(database);
    const isEmpty = (await database.db('partnerships').first('id')) === undefined;
    const keyring = await openKeyring(env, { mayBeNew: isEmpty, logger });
    const link = env.redisUrl ? openRedisLink(env.redisUrl, linkPrefix(keyring), logger) : createNoLink();
    const bus = createSharedBus(link);
    return {
      deps: {
        env,
        db: database.db,
        keyring,
        bus,
        link,
        clock: systemClock,
        logger,
        metrics: createMetrics(),
      },
      closing: [
        { name: 'bus', close: () => bus.close() },
        { name: 'link', close: () => link.close() },
        { name: 'database', close: () => database.close() },
        { name: 'keyring', close: () => keyring.close() },
      ],
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

/** The same on all nodes of one installation, since they share their secrets, and on no other. */
const linkPrefix = (keyring: Keyring): string =>
  `longtable:${keyring.mac('ticket', 'node link').toString('hex').slice(0, 16)}`;

async function bringUpToDate({ db }: Database): Promise<void> {
  try {
    await migrate(db);
  } catch (cause) {
    throw new StartupError(
      'The database could not be brought up to date. If it was used by a later version of Longtable, start that version again. ' +
        `Otherwise its user may lack the right to create tables. (${(cause as Error).message})`,
      { cause },
    );
  }
}

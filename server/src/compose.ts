import type { Env } from './env.ts';
import { createMemoryBus } from './platform/bus.ts';
import { systemClock } from './platform/clock.ts';
import { type Database, migrate, openDatabase } from './platform/db.ts';
import type { Deps } from './platform/deps.ts';
import { openFileKeyring } from './platform/file-keyring.ts';
import { createLogger } from './platform/logger.ts';
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
  const database = await openDatabase(env, { onProgress: say });
  try {
    await bringUpToDate(database);
    const isEmpty = (await database.db('partnerships').first('id')) === undefined;
    const keyring = await openFileKeyring(env.keysDir, { mayBeNew: isEmpty });
    const bus = createMemoryBus();
    return {
      deps: { env, db: database.db, keyring, bus, clock: systemClock, logger },
      closing: [
        { name: 'bus', close: () => bus.close() },
        { name: 'database', close: () => database.close() },
        { name: 'keyring', close: () => keyring.close() },
      ],
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}

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

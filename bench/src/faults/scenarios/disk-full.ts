import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { pause } from '../../bench/wait.ts';
import { FaultFound, NotHere } from '../fault-found.ts';
import { type Length, type Scenario, withStage } from '../scenario.ts';

const run = promisify(execFile);
const CYCLES: Record<Length, number> = { quick: 1, usual: 4, long: 20 };

/** No file may be written beyond this: every page of a table and of the log lies further on. */
const FULL_BYTES = 4_096;

/**
 * Nothing can be written any more under the embedded database, then it can again. The limit on file sizes does it
 * without rights that a user has not; the server is told "file too large" where a full disk says "no space left".
 */
export const diskFull: Scenario = async (setting) => {
  const { length, random } = setting;
  await run('prlimit', ['--version']).catch(() => {
    throw new NotHere('needs prlimit, of util-linux');
  });
  const limit = (pid: number, soft: string) => run('prlimit', ['--pid', String(pid), `--fsize=${soft}:`]);
  return withStage(setting, {}, async (stage) => {
    const cycles = CYCLES[length];
    let ends = 0;
    for (let cycle = 1; cycle <= cycles; cycle++) {
      await pause(random.between(200, 700));
      await limit(stage.server.pid, String(FULL_BYTES));
      await pause(random.between(500, 1_500));
      await limit(stage.server.pid, 'unlimited').catch((error: unknown) => {
        // It has ended meanwhile, with its limit.
        if (stage.isRunning()) throw error;
      });
      // A database that could not write its log ends, as PostgreSQL does, and whoever watches it starts it again.
      if (await stage.isSaving()) continue;
      if (stage.isRunning()) throw new FaultFound(['there is room again, and it neither saves nor ends']);
      ends += 1;
      await stage.start();
      await stage.allWell();
    }
    return `${cycles} times full, of which it ended ${ends} times and was started again`;
  });
};

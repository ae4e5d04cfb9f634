import { pause } from '../../bench/wait.ts';
import { type Length, type Scenario, type Setting, withStage } from '../scenario.ts';

const CYCLES: Record<Length, number> = { quick: 2, usual: 20, long: 200 };

/** Progress is worth a line this often. */
const SAY_EVERY = 10;

/** The server is killed at random points while six people write, and started again. */
async function kill(setting: Setting, databaseUrl?: string): Promise<string> {
  const { length, random, progress, rounds } = setting;
  const cycles = CYCLES[length];
  return withStage(setting, databaseUrl ? { databaseUrl } : {}, async (stage) => {
    let kills = 0;
    for (const cycle of rounds(cycles)) {
      await pause(random.between(0, 700));
      stage.expectAlive();
      await stage.kill();
      kills += 1;
      // Some notice at once that it is back, others write on for a while without.
      await pause(random.between(0, 300));
      await stage.start();
      // Now and then again before everyone is back.
      if (random.chance(0.7)) await stage.allWell();
      if (cycle % SAY_EVERY === 0) progress(`${cycle} of ${cycles} kills`);
    }
    return `${kills} kills`;
  });
}

export const killEmbedded: Scenario = (setting) => kill(setting);

export const killPostgres: Scenario = async (setting) => kill(setting, await setting.database());

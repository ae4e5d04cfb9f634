import pg from 'pg';
import { pause } from '../../bench/wait.ts';
import { type Length, type Scenario, type Setting, withStage } from '../scenario.ts';
import type { Stage } from '../stage.ts';

const CYCLES: Record<Length, number> = { quick: 2, usual: 10, long: 60 };
/** A server that ends kindly compacts every open room before it goes; it takes about this long. */
const COMPACTING_MS = 200;
const LOOK_EVERY_MS = 5;

/**
 * The server is told to end, begins to write its rooms down as snapshots, and is killed on the way: sometimes before,
 * sometimes in the middle, sometimes right after. `killHalfWay` says whether it was in the middle.
 */
async function compaction(
  setting: Setting,
  databaseUrl: string | undefined,
  killHalfWay: ((stage: Stage) => Promise<boolean>) | null,
): Promise<string> {
  const { length, random, progress, rounds } = setting;
  return withStage(setting, databaseUrl ? { databaseUrl } : {}, async (stage) => {
    const cycles = CYCLES[length];
    let [kills, halfWay] = [0, 0];
    for (const cycle of rounds(cycles)) {
      await pause(random.between(300, 900));
      stage.expectAlive();
      if (killHalfWay && cycle % 2 === 1) {
        if (await killHalfWay(stage)) halfWay += 1;
      } else {
        process.kill(stage.server.pid, 'SIGTERM');
        await pause(random.between(0, COMPACTING_MS));
      }
      await stage.kill();
      kills += 1;
      await stage.start();
      await stage.allWell();
      if (cycle % 10 === 0) progress(`${cycle} of ${cycles} kills`);
    }
    const known = killHalfWay ? `, ${halfWay} of them between the snapshot and the end of the log` : '';
    return `${kills} kills while rooms were being written down${known}`;
  });
}

export const compactionEmbedded: Scenario = (setting) => compaction(setting, undefined, null);

export const compactionPostgres: Scenario = async (setting) => {
  const url = await setting.database();
  return compaction(setting, url, (stage) => killBeforeLogEnds(stage, url));
};

/**
 * Holds one row of the room's log, so that whoever compacts writes the snapshot and then waits for that row before
 * the log can go: there it is killed. @returns whether it got there
 */
async function killBeforeLogEnds(stage: Stage, url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('begin');
    const { rowCount } = await client.query(
      'select seq from room_updates where room_id = $1 order by seq limit 1 for update',
      [stage.table.room],
    );
    process.kill(stage.server.pid, 'SIGTERM');
    if (!rowCount) return false;
    while (stage.isRunning()) {
      // Within a transaction, PostgreSQL shows what it saw at the first look.
      await client.query('select pg_stat_clear_snapshot()');
      const { rows } = await client.query(
        `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
         and query ilike 'delete from "room_updates"%'`,
      );
      if (rows.length > 0) {
        await stage.kill();
        return true;
      }
      await pause(LOOK_EVERY_MS);
    }
    return false;
  } finally {
    await client.end();
  }
}

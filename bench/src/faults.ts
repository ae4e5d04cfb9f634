/**
 * Everything goes wrong on purpose while people write, and nothing may be lost:
 *
 *     npm run faults -- [--quick | --long] [--seed N] [--scenario NAME] [--json FILE]
 *
 * Says its seed first: with `--seed` the same words are written at the same places and the same moments chosen.
 * Exits with 0 when every scenario passed, with 1 when one did not, with 2 when it was asked for the impossible.
 */
import { randomInt } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { readAsked } from './faults/asked.ts';
import { type Cluster, startCluster } from './faults/cluster.ts';
import { FaultFound, NotHere } from './faults/fault-found.ts';
import { isTimeForMore, QUICK_LIMIT_MS, roundsUpTo, scenariosAfter } from './faults/quick-time.ts';
import { createRandom } from './faults/random.ts';
import { stopServers } from './faults/stage.ts';
import type { Length } from './faults/scenario.ts';
import { NOT_QUICK, SCENARIOS, turnsOf } from './faults/scenarios.ts';

const say = (line: string) => void process.stdout.write(`${line}\n`);

interface Result {
  scenario: string;
  seed: number;
  outcome: 'passed' | 'failed' | 'skipped';
  seconds: number;
  said: string;
}

async function main(): Promise<number> {
  const names = Object.keys(SCENARIOS);
  const asked = readAsked(process.argv.slice(2), names, NOT_QUICK, randomInt(2 ** 32 - 1));
  if (typeof asked === 'string') {
    process.stderr.write(`${asked}\n`);
    return 2;
  }
  const { seed, length } = asked;
  say(
    `Seed ${seed}. The same again: npm run faults -- --seed ${seed}${length === 'usual' ? '' : ` --${length}`}`,
  );

  const clusters: Promise<Cluster>[] = [];
  const cluster = () => clusters[0] ?? (clusters[0] = startCluster());
  const results: Result[] = [];
  let stopping: Promise<void> | null = null;
  const isQuick = length === 'quick';
  const turns = turnsOf(asked.scenarios, isQuick);
  // The whole process counts: `performance.now()` begins with it.
  const isTime = (name: string) => !isQuick || isTimeForMore(performance.now(), scenariosAfter(turns, name));
  const playLane = async (lane: readonly string[]): Promise<void> => {
    for (const name of lane) {
      if (stopping) return;
      const result = await runOne(name, seed, length, cluster, () => isTime(name));
      results.push(result);
      say(`${result.outcome} ${name} (${result.seconds.toFixed(1)} s): ${result.said}`);
    }
  };
  const stopAll = async (): Promise<void> => {
    await stopServers();
    for (const starting of clusters) await starting.then((cluster) => cluster.stop()).catch(() => {});
  };
  const stop = (): Promise<void> => (stopping ??= stopAll());
  const onInterrupt = (): void => void stop().finally(() => process.exit(130));
  process.once('SIGINT', onInterrupt).once('SIGTERM', onInterrupt);
  try {
    for (const lanes of turns) await Promise.all(lanes.map(playLane));
  } finally {
    await stop();
  }
  // Interrupted: the other hand is about to end us.
  if (results.length < asked.scenarios.length) return 130;
  if (asked.json) await writeFile(asked.json, `${JSON.stringify(results, null, 2)}\n`);
  const count = (outcome: Result['outcome']) => results.filter((result) => result.outcome === outcome).length;
  const skipped = count('skipped');
  const seconds = (performance.now() / 1_000).toFixed(0);
  say(`${seconds} s in all${isQuick ? `, of the ${QUICK_LIMIT_MS / 1_000} s it may` : ''}`);
  say(`${count('passed')} passed, ${count('failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
  // Where everything is required, what nobody has seen pass has failed.
  const isSkippingForbidden = process.env.REQUIRE_ALL_TESTS === '1';
  return count('failed') > 0 || (isSkippingForbidden && skipped > 0) ? 1 : 0;
}

async function runOne(
  scenario: string,
  seed: number,
  length: Length,
  cluster: () => Promise<Cluster>,
  isTime: () => boolean,
): Promise<Result> {
  const startedMs = performance.now();
  const end = (outcome: Result['outcome'], said: string): Result => {
    return { scenario, seed, outcome, seconds: (performance.now() - startedMs) / 1_000, said };
  };
  const run = SCENARIOS[scenario];
  if (!run) return end('failed', 'no such scenario');
  try {
    const said = await run({
      length,
      random: createRandom(seed, scenario),
      cluster,
      database: async () => (await cluster()).createDatabase(),
      anyDatabase: async () => {
        try {
          return { databaseUrl: await (await cluster()).createDatabase() };
        } catch (error) {
          if (error instanceof NotHere) return {};
          throw error;
        }
      },
      rounds: (most) => roundsUpTo(most, isTime),
      progress: (line) => say(`  ${scenario}: ${line}`),
    });
    return end('passed', said);
  } catch (error) {
    if (error instanceof NotHere) return end('skipped', error.message);
    if (error instanceof FaultFound)
      return end('failed', `\n${error.faults.map((fault) => `  ${fault}`).join('\n')}`);
    return end('failed', `it could not be played: ${(error as Error).stack}`);
  }
}

main().then(
  (status) => process.exit(status),
  (error: unknown) => {
    process.stderr.write(`${(error as Error).stack}\n`);
    process.exit(1);
  },
);

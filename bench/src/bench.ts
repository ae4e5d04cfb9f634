/**
 * Longtable beside the servers a team would otherwise pick, in the same run on the same machine:
 *
 *     npm run bench -- [--quick] [--scenario NAME] [--servers a,b] [--runs N] [--scale SHARE] [--json FILE] [--profile FOLDER]
 *     npm run bench -- --report FILE
 *
 * Each run of a scenario on a server is a fresh server on one core and a fresh generator on the other; the
 * servers take turns, so that a machine that slows down slows all of them. Figures are medians.
 */
import { writeFile } from 'node:fs/promises';
import { readAsked } from './bench/asked.ts';
import { describe, type Result, summarise } from './bench/results.ts';
import { playScenario } from './bench/runs.ts';
import { writeReport } from './bench/write-report.ts';
import { SCENARIOS, type ScenarioName } from './bench/scenarios/scenarios.ts';
import { isPinned } from './bench/servers.ts';
import { QUICK_LIMIT_MS } from './bench/time-limits.ts';

const say = (line: string) => void process.stdout.write(`${line}\n`);

async function main(): Promise<number> {
  const startedMs = Date.now() - performance.now();
  const asked = readAsked(process.argv.slice(2), Object.keys(SCENARIOS) as ScenarioName[], startedMs);
  if (typeof asked === 'string') {
    process.stderr.write(`${asked}\n`);
    return 2;
  }
  if (asked.report !== undefined) {
    for (const written of await writeReport(asked.report)) say(`Written: ${written}`);
    return 0;
  }
  if (!isPinned) say('There is no taskset here: server and generator share all cores.');
  if (!process.env.TEST_DATABASE_URL) {
    say(
      'TEST_DATABASE_URL is not set: longtable runs on its embedded database and hocuspocus in memory alone.',
    );
  }
  const results: Result[] = [];
  const troubles: string[] = [];
  for (const scenario of asked.scenarios) {
    const runs = await playScenario(scenario, asked, say);
    const found = summarise(scenario, runs.measured);
    if (found.length > 0) say(['', ...describe(found), ''].join('\n'));
    results.push(...found);
    troubles.push(...runs.troubles);
    // After each scenario: an hour's figures must not go with what comes after them.
    if (asked.json) await writeFile(asked.json, `${JSON.stringify(results, null, 2)}\n`);
  }
  for (const trouble of troubles) say(`Failed: ${trouble}`);
  const seconds = ((Date.now() - startedMs) / 1_000).toFixed(1);
  say(`Took ${seconds} s${asked.isQuick ? ` of the ${QUICK_LIMIT_MS / 1_000} s it may` : ''}.`);
  return troubles.length > 0 ? 1 : 0;
}

main().then(
  (status) => process.exit(status),
  (error: unknown) => {
    process.stderr.write(`${(error as Error).stack}\n`);
    process.exit(1);
  },
);

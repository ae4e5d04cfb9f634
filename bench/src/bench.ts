/**
 * Longtable beside the servers a team would otherwise pick, in the same run on the same machine:
 *
 *     npm run bench -- [--quick] [--scenario NAME] [--servers a,b] [--runs N] [--json FILE] [--profile FOLDER]
 *     npm run bench -- --report FILE
 *
 * Each run of a scenario on a server is a fresh server on one core and a fresh generator on the other; the
 * servers take turns, so that a machine that slows down slows all of them. Figures are medians.
 */
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { type Asked, readAsked } from './bench/asked.ts';
import type { Metrics } from './bench/metrics.ts';
import { describeNewest } from './bench/profile.ts';
import { chartOf, pageWith } from './bench/report.ts';
import { describe, type Result, summarise } from './bench/results.ts';
import { SCENARIOS, type ScenarioName } from './bench/scenarios/scenarios.ts';
import { isPinned, pinned, type ServerName } from './bench/servers.ts';

const GENERATOR = fileURLToPath(new URL('./bench/generator.ts', import.meta.url));
const say = (line: string) => void process.stdout.write(`${line}\n`);

async function runOnce(
  scenario: ScenarioName,
  server: ServerName,
  { seconds, profile }: Asked,
): Promise<Metrics> {
  const [file, ...args] = pinned(1, [process.execPath, '--conditions=source', '--import', 'tsx', GENERATOR]);
  const child = spawn(file, [...args, scenario, server, String(seconds)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...(profile ? { BENCH_PROFILE: path.resolve(profile) } : {}) },
  });
  let printed = '';
  let troubles = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (troubles += text));
  const [status] = (await once(child, 'close')) as [number | null];
  if (status !== 0) throw new Error(`${scenario} on ${server} failed.\n${troubles}`);
  return JSON.parse(printed.trim().split('\n').at(-1) ?? '') as Metrics;
}

const DOCS = fileURLToPath(new URL('../../docs/', import.meta.url));

/** Everything that was measured, as it stands in FILE, into the page and one chart for each scenario. */
async function writeReport(file: string): Promise<void> {
  const results = JSON.parse(await readFile(file, 'utf8')) as Result[];
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], { encoding: 'utf8' }).trim();
  const [processor] = cpus();
  const memoryGb = Math.round(totalmem() / 2 ** 30);
  const where =
    `Measured at commit ${commit} with Node ${process.versions.node} on ${processor?.model ?? 'a processor'}, ` +
    `${cpus().length} cores, ${memoryGb} GB.`;
  await mkdir(path.join(DOCS, 'benchmarks'), { recursive: true });
  for (const scenario of new Set(results.map((result) => result.scenario))) {
    const own = results.filter((result) => result.scenario === scenario);
    await writeFile(path.join(DOCS, 'benchmarks', `${scenario}.svg`), chartOf(scenario, own));
  }
  const page = path.join(DOCS, 'BENCHMARKS.md');
  const options = { ...(await resolveConfig(page)), filepath: page };
  await writeFile(page, await format(pageWith(await readFile(page, 'utf8'), results, where), options));
  say(`Written: ${page}`);
}

async function main(): Promise<number> {
  const asked = readAsked(process.argv.slice(2), Object.keys(SCENARIOS) as ScenarioName[]);
  if (typeof asked === 'string') {
    process.stderr.write(`${asked}\n`);
    return 2;
  }
  if (asked.report !== undefined) {
    await writeReport(asked.report);
    return 0;
  }
  const { isQuick, runs, untilMs } = asked;
  if (!isPinned) say('There is no taskset here: server and generator share all cores.');
  if (!process.env.TEST_DATABASE_URL) {
    say(
      'TEST_DATABASE_URL is not set: longtable runs on its embedded database and hocuspocus in memory alone.',
    );
  }
  const results: Result[] = [];
  for (const scenario of asked.scenarios) {
    const servers = asked.servers ?? SCENARIOS[scenario].servers;
    const measured = new Map<ServerName, Metrics[]>(servers.map((server) => [server, []]));
    let longestRoundMs = 0;
    for (let run = 1; run <= runs; run++) {
      const startedMs = Date.now();
      // Every server once more, or none: medians of the same number of runs.
      if (run > 1 && startedMs + longestRoundMs > untilMs) break;
      for (const server of servers) {
        say(`${scenario}, run ${run}${isQuick ? '' : ` of ${runs}`}: ${server} …`);
        measured.get(server)?.push(await runOnce(scenario, server, asked));
        if (asked.profile) say((await describeNewest(asked.profile)).join('\n'));
      }
      longestRoundMs = Math.max(longestRoundMs, Date.now() - startedMs);
    }
    const found = summarise(scenario, measured);
    say(['', ...describe(found), ''].join('\n'));
    results.push(...found);
  }
  if (asked.json) await writeFile(asked.json, `${JSON.stringify(results, null, 2)}\n`);
  return 0;
}

main().then(
  (status) => process.exit(status),
  (error: unknown) => {
    process.stderr.write(`${(error as Error).stack}\n`);
    process.exit(1);
  },
);

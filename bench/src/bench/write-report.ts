import { execFileSync } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { format, resolveConfig } from 'prettier';
import { z } from 'zod';
import { capacityTable } from './capacity.ts';
import { type Metric, METRICS } from './metrics.ts';
import { chartOf, figuresOf, pageWith } from './report.ts';
import type { Result } from './results.ts';
import { SCENARIOS, type ScenarioName } from './scenarios/scenarios.ts';
import { SERVER_NAMES } from './servers.ts';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const DOCS = path.join(ROOT, 'docs');
const PEERS = ['@hocuspocus/server', 'y-websocket', 'socket.io', 'ws', 'yjs'];

const Results = z.array(
  z.object({
    scenario: z.enum(Object.keys(SCENARIOS) as ScenarioName[]),
    server: z.enum(SERVER_NAMES),
    metric: z.enum(Object.keys(METRICS) as Metric[]),
    unit: z.string(),
    runs: z.number().int().positive(),
    min: z.number(),
    median: z.number(),
    max: z.number(),
  }),
);

/**
 * Everything that was measured, as it stands in FILE, into docs/BENCHMARKS.md with one chart for each scenario, and what
 * follows from it for many people into docs/OPERATIONS.md. To be run where it was measured: it names the machine.
 * @returns the files written
 */
export async function writeReport(file: string): Promise<string[]> {
  const results: Result[] = Results.parse(JSON.parse(await readFile(file, 'utf8')));
  const where = await describeHere();
  const written: string[] = [];
  const charts = path.join(DOCS, 'benchmarks');
  await mkdir(charts, { recursive: true });
  for (const scenario of new Set(results.map((result) => result.scenario))) {
    const own = results.filter((result) => result.scenario === scenario);
    written.push(path.join(charts, `${scenario}.svg`));
    await writeFile(path.join(charts, `${scenario}.svg`), chartOf(scenario, own));
  }
  const fill = async (name: string, figures: string): Promise<void> => {
    const page = path.join(DOCS, name);
    const options = { ...(await resolveConfig(page)), filepath: page };
    await writeFile(page, await format(pageWith(await readFile(page, 'utf8'), figures), options));
    written.push(page);
  };
  await fill('BENCHMARKS.md', figuresOf(results, where));
  await fill('OPERATIONS.md', capacityTable(results, where));
  return written;
}

async function describeHere(): Promise<string> {
  const commit = execFileSync('git', ['rev-parse', '--short', 'HEAD'], {
    cwd: ROOT,
    encoding: 'utf8',
  }).trim();
  const [processor] = cpus();
  const memoryGb = Math.round(totalmem() / 2 ** 30);
  const versions = await Promise.all(PEERS.map(async (name) => `${name} ${await versionOf(name)}`));
  return (
    `Measured at commit ${commit} on ${processor?.model ?? 'a processor'}, ${cpus().length} cores, ${memoryGb} GB, ` +
    `with Node ${process.versions.node}, ${await describeDatabase()}, ${versions.join(', ')}.`
  );
}

async function versionOf(name: string): Promise<string> {
  const folders = [path.join(ROOT, 'bench/node_modules'), path.join(ROOT, 'node_modules')];
  for (const folder of folders) {
    const text = await readFile(path.join(folder, name, 'package.json'), 'utf8').catch(() => null);
    if (text !== null) return (JSON.parse(text) as { version: string }).version;
  }
  return '(not installed)';
}

async function describeDatabase(): Promise<string> {
  const url = process.env.TEST_DATABASE_URL;
  if (!url) return 'no PostgreSQL';
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<{ server_version: string }>('show server_version');
    return `PostgreSQL ${rows[0]?.server_version ?? ''}`;
  } finally {
    await client.end();
  }
}

import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it, jest } from '@jest/globals';
import pg from 'pg';
import { childrenOf } from './ending.ts';
import { until } from './wait.ts';

jest.setTimeout(120_000);

const GENERATOR = fileURLToPath(new URL('./generator.ts', import.meta.url));
const { TEST_DATABASE_URL, REQUIRE_ALL_TESTS } = process.env;
const itOnPostgres = TEST_DATABASE_URL || REQUIRE_ALL_TESTS === '1' ? it : it.skip;

let generator: ChildProcess | undefined;
let serverPid: number | undefined;

afterEach(() => {
  generator?.kill('SIGKILL');
  // If all is well it has gone by itself.
  if (serverPid !== undefined && isServer(serverPid)) process.kill(serverPid, 'SIGKILL');
});

const isServer = (pid: number): boolean => {
  const file = `/proc/${pid}/cmdline`;
  return existsSync(file) && readFileSync(file, 'utf8').includes('servers/hocuspocus.ts');
};

itOnPostgres(
  'a generator that is ended while its server starts leaves no server and no database',
  async () => {
    if (!TEST_DATABASE_URL) throw new Error('TEST_DATABASE_URL is needed here');
    const node = ['--conditions=source', '--import', 'tsx'];
    const { pid } = (generator = spawn(
      process.execPath,
      [...node, GENERATOR, 'workshop', 'hocuspocus', '3', '0.1'],
      {
        stdio: 'ignore',
      },
    ));
    if (pid === undefined) throw new Error('it did not start');
    const exit = once(generator, 'exit');
    const isStarting = () => {
      serverPid = childrenOf(pid).find(isServer);
      return serverPid !== undefined;
    };
    await until(isStarting, 'the server to be started');
    const environment = readFileSync(`/proc/${serverPid}/environ`, 'utf8');
    const database = /\0DATABASE_URL=[^\0]*\/(\w+)/.exec(environment)?.[1];
    expect(database).toMatch(/^longtable_replay_/);

    generator.kill('SIGTERM');
    expect(await exit).toEqual([1, null]);
    expect(isServer(serverPid ?? 0)).toBe(false);
    const client = new pg.Client({ connectionString: TEST_DATABASE_URL });
    await client.connect();
    try {
      const { rows } = await client.query('select 1 from pg_database where datname = $1', [database]);
      expect(rows).toEqual([]);
    } finally {
      await client.end();
    }
  },
);

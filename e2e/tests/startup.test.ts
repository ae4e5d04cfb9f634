import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { type Ended, type Program, run, SERVER, start } from '../support/command-line.ts';
import { freePort, startServer } from '../support/server.ts';
import { expect, test } from '../support/test.ts';

let folder: string;
let settings: { PORT: string; DATA_DIR: string; KEYS_DIR: string };
const started: Program[] = [];

test.beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'longtable-e2e-start-'));
  settings = {
    PORT: String(await freePort()),
    DATA_DIR: path.join(folder, 'data'),
    KEYS_DIR: path.join(folder, 'keys'),
  };
});
test.afterEach(async () => {
  for (const program of started.splice(0)) {
    program.kill('SIGKILL');
    await program.ended;
  }
  await rm(folder, { recursive: true, force: true });
});

const serve = (more: Record<string, string> = {}): Program => {
  const program = start(SERVER, { ...settings, ...more });
  started.push(program);
  return program;
};

const ready = (program: Program) =>
  expect.poll(() => program.printed, { timeout: 60_000 }).toContain('is ready');

/** Ends with 1 and with sentences for people: no stack trace, no code. */
function expectSentences({ code, stderr }: Ended, count: number): void {
  expect(code).toBe(1);
  const lines = stderr.trim().split('\n');
  expect(lines, stderr).toHaveLength(count);
  for (const line of lines) expect(line).not.toMatch(/^\s+at |Error:|node:/);
}

test('a first start says what takes long, ends with the address and what to do next, and stops kindly', async () => {
  const program = serve();
  await ready(program);
  const lines = program.printed.trim().split('\n');
  expect(lines[0]).toBe('Starting Longtable …');
  expect(lines[1]).toContain('Setting up the embedded database, this takes a few seconds');
  expect(program.printed).toContain(
    `Open http://localhost:${settings.PORT} in a browser and start a partnership there.`,
  );
  expect(lines.at(-1)).toContain('Ctrl+C');
  expect((await fetch(`http://localhost:${settings.PORT}/healthz`)).status).toBe(200);
  expect((await fetch(`http://localhost:${settings.PORT}/readyz`)).status).toBe(200);

  program.kill('SIGTERM');
  expect(await program.ended).toMatchObject({ code: 0, stderr: '' });

  const again = serve();
  await ready(again);
  expect(again.printed).not.toContain('Setting up');
});

test('a second one on the same data is told which folder and which process, and the first goes on', async () => {
  const first = serve();
  await ready(first);
  const second = await run(SERVER, { ...settings, PORT: String(await freePort()) });
  expectSentences(second, 1);
  expect(second.stderr).toContain(`The data folder ${settings.DATA_DIR} is in use by another Longtable`);
  expect((await fetch(`http://localhost:${settings.PORT}/readyz`)).status).toBe(200);

  await test.step('after a SIGKILL nothing has to be cleaned up', async () => {
    first.kill('SIGKILL');
    await first.ended;
    await ready(serve());
  });
});

test('a port that is taken is one sentence', async () => {
  const squatter = createServer().listen(Number(settings.PORT));
  await once(squatter, 'listening');
  try {
    const ended = await run(SERVER, settings);
    expectSentences(ended, 1);
    expect(ended.stderr).toContain(`Port ${settings.PORT} is taken`);
  } finally {
    squatter.close();
  }
  await test.step('and leaves nothing behind that is in the way', async () => {
    await ready(serve());
  });
});

test('settings that cannot be are all named at once', async () => {
  const ended = await run(SERVER, {
    ...settings,
    PORT: 'http',
    KEYS_DIR: path.join(settings.DATA_DIR, 'keys'),
    DATABASE_URL: 'mysql://somewhere',
    PUBLIC_URL: 'http://table.example.org',
    EXIT_URL: 'http://example.org',
  });
  expectSentences(ended, 6);
  for (const name of ['PORT', 'KEYS_DIR', 'DATABASE_URL', 'PUBLIC_URL', 'EXIT_URL']) {
    expect(ended.stderr).toMatch(new RegExp(`^ {2}- ${name} `, 'm'));
  }
});

test('a data folder that cannot be written, and a database that does not answer, are one sentence each', async () => {
  const file = path.join(folder, 'a-file');
  await writeFile(file, 'in the way');
  for (const DATA_DIR of [file, path.join(file, 'data'), '/proc/longtable']) {
    const ended = await run(SERVER, { ...settings, DATA_DIR });
    expectSentences(ended, 1);
    expect(ended.stderr).toContain(`The data folder ${DATA_DIR} cannot be written`);
  }
  const nobody = await freePort();
  const ended = await run(SERVER, {
    ...settings,
    DATABASE_URL: `postgres://someone:hush-hush@127.0.0.1:${nobody}/plans`,
  });
  expectSentences(ended, 1);
  expect(ended.stderr).toContain(`127.0.0.1:${nobody}/plans`);
  expect(ended.stderr).not.toContain('hush-hush');
});

test('the routes are described, and the page about the protocol names no other', async () => {
  const server = await startServer();
  try {
    const openapi = (await (await fetch(`${server.url}/api/openapi.json`)).json()) as {
      paths: Record<string, Record<string, unknown>>;
    };
    const described = Object.entries(openapi.paths).flatMap(([route, methods]) =>
      Object.keys(methods).map((method) => `${method} ${route.replace(/\{\w+\}/g, '*')}`),
    );
    const page = await readFile(new URL('../../docs/PROTOCOL.md', import.meta.url), 'utf8');
    const named = [...page.matchAll(/`(GET|POST|PATCH|DELETE) (\/api\/[^\s?`]+)/g)].map(
      ([, method = '', route = '']) => `${method.toLowerCase()} ${route.replace(/:\w+/g, '*')}`,
    );
    expect(named.length).toBeGreaterThan(7);
    for (const route of named) expect(described).toContain(route);
    for (const [method, route] of described.map((each) => each.split(' '))) {
      const answer = await fetch(
        `${server.url}${route!.replaceAll('*', '00000000-0000-4000-8000-000000000000')}`,
        {
          method: method!.toUpperCase(),
          headers: { Origin: server.url },
        },
      );
      expect(answer.status, `${method} ${route}`).not.toBe(500);
      await answer.body?.cancel();
    }
  } finally {
    await server.stop();
  }
});

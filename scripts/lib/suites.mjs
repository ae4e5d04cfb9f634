import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './build.mjs';
import { root } from './fresh.mjs';
import { countJest, filesToTryAgain, withSecondTry } from './jest-report.mjs';
import { record, runCheck, runNode, runSuite } from './steps.mjs';

export const nodeFlags = {
  jest: ['--experimental-vm-modules', '--disable-warning=ExperimentalWarning'],
  source: ['--conditions=source', '--import', 'tsx'],
};

const jestScript = 'node_modules/jest/bin/jest.js';
const playwrightScript = 'node_modules/@playwright/test/cli.js';

/**
 * In CI, files that failed get one second try, alone, and the summary names them: a machine that stood still for some
 * seconds is no fault of the project.
 */
export function jest(name = 'Unit and integration tests (Jest)', args = []) {
  return runSuite(
    name,
    (report) => {
      const status = runJest(report, args);
      if (status === 0 || process.env.CI !== 'true') return status;
      const first = JSON.parse(readFileSync(report, 'utf8'));
      const files = filesToTryAgain(first);
      if (files.length === 0) return status;
      const second = `${report}.again`;
      const secondStatus = runJest(second, ['--runInBand', '--runTestsByPath', ...files]);
      writeFileSync(report, JSON.stringify(withSecondTry(first, JSON.parse(readFileSync(second, 'utf8')))));
      return secondStatus;
    },
    countJest,
  );
}

/** A failed test may leave its server open: that must not keep the run from ending. */
const runJest = (report, args) =>
  runNode(
    [...nodeFlags.jest, jestScript, '--json', '--outputFile', report, '--silent', '--forceExit', ...args],
    // The report goes to the file; Jest then prints progress for people on stderr.
    { FORCE_COLOR: process.stdout.isTTY ? '1' : '0' },
  );

export function e2e(name = 'Browser tests (Playwright)', args = [], env = {}) {
  return runSuite(
    name,
    (report) =>
      runNode([playwrightScript, 'test', '--config', 'e2e/playwright.config.ts', ...args], {
        PLAYWRIGHT_JSON_OUTPUT_FILE: report,
        ...env,
      }),
    ({ stats, suites }) => ({
      passed: stats.expected + stats.flaky,
      failed: stats.unexpected,
      skipped: stats.skipped,
      failures: suites.flatMap((suite) => specsThat('unexpected', suite)),
      secondTries: suites.flatMap((suite) => specsThat('flaky', suite)),
    }),
  );
}

function specsThat(status, { suites = [], specs = [] }) {
  const named = specs.filter(({ tests }) => tests.some((test) => test.status === status));
  return [
    ...named.map(({ file, title }) => `${file}: ${title}`),
    ...suites.flatMap((suite) => specsThat(status, suite)),
  ];
}

const traces = join(root, 'bench/traces');

export function replays() {
  const stores = [
    { name: 'PGlite', args: [], isHere: true },
    { name: 'PostgreSQL', args: ['--postgres'], isHere: Boolean(process.env.TEST_DATABASE_URL) },
  ];
  for (const trace of ['friendsforever', 'automerge-paper']) {
    for (const store of stores) {
      const name = `Replay of ${trace} on ${store.name}`;
      const file = join(traces, `${trace}.json.gz`);
      if (store.isHere) runCheck(name, [...nodeFlags.source, 'bench/src/replay.ts', file, ...store.args]);
      else record(name, { passed: 0, failed: 0, skipped: 1 });
    }
  }
}

/** Says in one line each what will be skipped here and how to run it. */
export function announceSkips() {
  const say = (line) => process.stdout.write(`Skipping ${line}\n`);
  if (!process.env.TEST_DATABASE_URL) {
    say('what needs PostgreSQL. To run it: TEST_DATABASE_URL=postgres://user@host/database npm test');
  }
  if (!process.env.TEST_REDIS_URL) {
    say(
      'what needs Redis. To run it: install redis-server, then TEST_REDIS_URL=redis://127.0.0.1:6379 npm test',
    );
  }
  if (spawnSync('nginx', ['-v']).status !== 0) {
    say(
      'a rolling restart behind the balancer. To run it: install nginx, with PostgreSQL and Redis as above, then npm test',
    );
  }
  if (spawnSync('caddy', ['version']).status !== 0) {
    say('the TLS proxy. To run it: install caddy, then npm test');
  }
}

/** Everything that `npm test` runs. */
export function allTests() {
  announceSkips();
  process.stdout.write('\n— Build\n');
  const isBuilt = build();
  record('Build', { passed: isBuilt ? 1 : 0, failed: isBuilt ? 0 : 1, skipped: 0 });
  jest();
  if (!isBuilt) return;
  e2e();
  replays();
}

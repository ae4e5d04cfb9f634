import { spawnSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './fresh.mjs';

/** What one step proved: how many tests passed, failed and were skipped, and which ones failed. */
const results = [];

/** With REQUIRE_ALL_TESTS=1, as in CI, a skipped test is a failure: nobody has seen it pass. */
export const isSkippingForbidden = process.env.REQUIRE_ALL_TESTS === '1';

export function record(name, { passed, failed, skipped, failures = [], secondTries = [] }) {
  const result = { name, passed, failed, skipped, failures, secondTries };
  results.push(result);
  if (process.env.RESULTS_FILE) appendFileSync(process.env.RESULTS_FILE, `${JSON.stringify(result)}\n`);
  return failed === 0 && (skipped === 0 || !isSkippingForbidden);
}

/** Runs Node on a script with the terminal attached; returns its exit code. */
export function runNode(args, env = {}) {
  const { status } = spawnSync(process.execPath, args, {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env },
  });
  return status ?? 1;
}

/** A step that is one proof: it exits with 0 or it does not. */
export function runCheck(name, args, env) {
  process.stdout.write(`\n— ${name}\n`);
  const isGood = runNode(args, env) === 0;
  return record(name, { passed: isGood ? 1 : 0, failed: isGood ? 0 : 1, skipped: 0 });
}

/**
 * A step that writes a JSON report of many tests.
 * @param run gets the report's path and returns the runner's exit code
 * @param count turns the parsed report into passed, failed, skipped, and failures by name
 */
export function runSuite(name, run, count) {
  process.stdout.write(`\n— ${name}\n`);
  const folder = mkdtempSync(join(tmpdir(), 'longtable-report-'));
  const report = join(folder, 'report.json');
  try {
    const status = run(report);
    const counts = readCounts(report, count);
    // A runner that failed without a failed test (a crash, a broken setup) must not look green.
    if (status !== 0 && counts.failed === 0) counts.failed = 1;
    return record(name, counts);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function readCounts(report, count) {
  try {
    const counts = count(JSON.parse(readFileSync(report, 'utf8')));
    return counts.passed + counts.failed + counts.skipped > 0 ? counts : { ...counts, failed: 1 };
  } catch {
    return { passed: 0, failed: 1, skipped: 0 };
  }
}

/** Prints one line a step, the sum, and by name what failed: a long run's log may be kept by its end only. @returns the exit code */
export function finish() {
  const sum = { passed: 0, failed: 0, skipped: 0 };
  process.stdout.write('\n');
  for (const { name, failures, secondTries, ...counts } of results) {
    for (const key of Object.keys(sum)) sum[key] += counts[key];
    const skipped = counts.skipped > 0 ? `, ${counts.skipped} skipped` : '';
    process.stdout.write(`${name.padEnd(44)} ${counts.passed} passed, ${counts.failed} failed${skipped}\n`);
    for (const failure of failures) process.stdout.write(`  FAILED ${failure}\n`);
    for (const test of secondTries) process.stdout.write(`  PASSED ONLY AT THE SECOND TRY ${test}\n`);
  }
  process.stdout.write(
    `${'All together'.padEnd(44)} ${sum.passed} passed, ${sum.failed} failed, ${sum.skipped} skipped\n`,
  );
  if (sum.skipped > 0 && isSkippingForbidden) {
    process.stdout.write('REQUIRE_ALL_TESTS is set and something was skipped.\n');
    return 1;
  }
  return sum.failed > 0 ? 1 : 0;
}

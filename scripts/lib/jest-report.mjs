import { relative } from 'node:path';
import { root } from './fresh.mjs';

/** Where a fault would be lost words: a test that failed there has failed, whatever it does afterwards. */
const NO_SECOND_TRY = /features\/rooms\/|server\/src\/nodes\.|bench\/src\/(faults|nodes)\//;
const MAX_SECOND_TRIES = 3;

/** @param report what Jest writes with --json  @returns counts, and by name what failed or passed only at the second try */
export function countJest({ testResults, secondTries = [] }) {
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  const withStatus = (...statuses) => tests.filter(({ status }) => statuses.includes(status)).length;
  const failures = testResults.flatMap(failuresOf);
  return {
    passed: withStatus('passed'),
    failed: failures.length,
    skipped: withStatus('pending', 'todo', 'skipped', 'disabled'),
    failures,
    secondTries,
  };
}

/** @returns the paths of the files that failed, or none where too many did or where words could have been lost */
export function filesToTryAgain({ testResults }) {
  const files = testResults.filter((file) => failuresOf(file).length > 0).map(({ name }) => name);
  const isAllowed = files.length <= MAX_SECOND_TRIES && !files.some((file) => NO_SECOND_TRY.test(file));
  return isAllowed ? files : [];
}

/** @returns the first report with each file of the second in place of its first try, whose failures it still names */
export function withSecondTry(first, second) {
  const again = new Map(second.testResults.map((file) => [file.name, file]));
  return {
    testResults: first.testResults.map((file) => again.get(file.name) ?? file),
    secondTries: first.testResults
      .filter(({ name }) => failuresOf(again.get(name) ?? { status: 'failed' }).length === 0)
      .flatMap(failuresOf),
  };
}

function failuresOf({ name = '', status, assertionResults = [] }) {
  const failed = assertionResults.filter((test) => test.status === 'failed').map((test) => test.fullName);
  const names = failed.length === 0 && status === 'failed' ? ['could not be run'] : failed;
  return names.map((test) => `${relative(root, name)}: ${test}`);
}

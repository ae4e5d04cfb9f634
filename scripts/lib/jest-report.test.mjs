import { describe, expect, it } from '@jest/globals';
import { join } from 'node:path';
import { root } from './fresh.mjs';
import { countJest, filesToTryAgain, withSecondTry } from './jest-report.mjs';

const file = (name, ...statuses) => ({
  name: join(root, name),
  status: statuses.includes('failed') ? 'failed' : 'passed',
  assertionResults: statuses.map((status, at) => ({ status, fullName: `test ${at}` })),
});

describe('what Jest reports', () => {
  it('is counted, with what failed by name and a file that could not be run', () => {
    const broken = { name: join(root, 'c.test.ts'), status: 'failed', assertionResults: [] };
    const report = {
      testResults: [file('a.test.ts', 'passed', 'pending'), file('b.test.ts', 'failed'), broken],
    };
    expect(countJest(report)).toEqual({
      passed: 1,
      failed: 2,
      skipped: 1,
      failures: ['b.test.ts: test 0', 'c.test.ts: could not be run'],
      secondTries: [],
    });
  });
});

describe('a second try', () => {
  it('is for a few files, and for none where words could have been lost', () => {
    const failed = (...names) => ({
      testResults: [file('a.test.ts', 'passed'), ...names.map((name) => file(name, 'failed'))],
    });
    expect(filesToTryAgain(failed('b.test.ts'))).toEqual([join(root, 'b.test.ts')]);
    expect(filesToTryAgain(failed('b', 'c', 'd', 'e'))).toEqual([]);
    expect(filesToTryAgain(failed('server/src/features/rooms/joins.test.ts'))).toEqual([]);
    expect(filesToTryAgain(failed('server/src/nodes.test.ts'))).toEqual([]);
  });

  it('that passes counts as passed, and is named', () => {
    const first = { testResults: [file('a.test.ts', 'passed'), file('b.test.ts', 'failed', 'passed')] };
    const merged = countJest(withSecondTry(first, { testResults: [file('b.test.ts', 'passed', 'passed')] }));
    expect(merged).toMatchObject({ passed: 3, failed: 0, secondTries: ['b.test.ts: test 0'] });
  });

  it('that fails again counts as failed, also where it could not be run', () => {
    const first = { testResults: [file('b.test.ts', 'failed')] };
    expect(countJest(withSecondTry(first, first))).toMatchObject({ failed: 1, secondTries: [] });
    expect(countJest(withSecondTry(first, { testResults: [] }))).toMatchObject({
      failed: 1,
      secondTries: [],
    });
  });
});

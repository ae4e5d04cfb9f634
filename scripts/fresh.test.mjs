import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { hashInputs, isFresh, markFresh } from './lib/fresh.mjs';

const part = { inputs: ['src', 'lock.json'], output: 'dist/main.js', stamp: 'dist/.built' };
let folder = '';

function write(path, text) {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'longtable-fresh-'));
  write('src/main.ts', '1');
  write('lock.json', '{}');
  write('dist/main.js', '1');
  markFresh(part, hashInputs(part, folder), folder);
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

it('is fresh right after a build, and when only a file’s time has changed', () => {
  utimesSync(join(folder, 'src/main.ts'), new Date(), new Date(Date.now() + 1_000_000));
  expect(isFresh(part, folder)).toBe(true);
});

it.each([
  ['a source changed', () => write('src/main.ts', '2')],
  ['a source is new', () => write('src/deep/new.ts', '')],
  ['a source is gone', () => rmSync(join(folder, 'src/main.ts'))],
  ['what is installed changed', () => write('lock.json', '{"v":1}')],
  ['the output is gone', () => rmSync(join(folder, 'dist/main.js'))],
  ['the build did not finish', () => rmSync(join(folder, 'dist/.built'))],
])('is stale when %s', (_why, change) => {
  change();
  expect(isFresh(part, folder)).toBe(false);
});

it('does not build again for a test, or for its own output', () => {
  write('src/main.test.ts', '1');
  write('src/dist/other.js', '1');
  expect(isFresh(part, folder)).toBe(true);
});

import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * What is built, from what, into what. Freshness is a hash of the inputs' contents, kept beside the
 * output: times lie after a clone, a checkout or a copy; contents do not.
 */
const common = [
  'package-lock.json',
  'tsconfig.base.json',
  'shared/src',
  'shared/package.json',
  'shared/tsconfig.json',
];

export const parts = [
  {
    name: 'server',
    inputs: [...common, 'migrations', 'server/src', 'server/package.json', 'server/tsconfig.json'],
    output: 'server/dist/main.js',
    stamp: 'server/dist/.built',
    command: ['node_modules/typescript/bin/tsc', '-b', 'shared', 'migrations', 'server'],
  },
  {
    name: 'client',
    inputs: [...common, 'client'],
    output: 'client/dist/index.html',
    stamp: 'client/dist/.built',
    command: ['node_modules/vite/bin/vite.js', 'build', 'client', '--logLevel', 'warn'],
  },
];

const isOutput = (name) => name === 'dist' || name === 'node_modules' || name.endsWith('.tsbuildinfo');
const isTest = (name) => /\.test\.tsx?$/.test(name);

function* filesIn(path) {
  if (!existsSync(path)) return;
  if (statSync(path).isFile()) {
    yield path;
    return;
  }
  for (const name of readdirSync(path).sort()) {
    if (!isOutput(name) && !isTest(name)) yield* filesIn(join(path, name));
  }
}

export function hashInputs(part, base = root) {
  const hash = createHash('sha256');
  for (const input of part.inputs) {
    for (const file of filesIn(join(base, input))) {
      hash.update(relative(base, file)).update('\0').update(readFileSync(file)).update('\0');
    }
  }
  return hash.digest('hex');
}

export function isFresh(part, base = root) {
  const stamp = join(base, part.stamp);
  return (
    existsSync(join(base, part.output)) &&
    existsSync(stamp) &&
    readFileSync(stamp, 'utf8') === hashInputs(part, base)
  );
}

export function markFresh(part, hash, base = root) {
  writeFileSync(join(base, part.stamp), hash);
}

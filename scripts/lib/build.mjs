import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { hashInputs, isFresh, markFresh, parts, root } from './fresh.mjs';

/** Progress goes to stderr, so that what a command prints for others to read stays clean. */
const say = (line) => process.stderr.write(`${line}\n`);

/**
 * Builds what is missing or older than its sources, and says so while it takes time; `only` names one part.
 * @returns false when a step failed; the compiler has then said why.
 */
export function build({ force = false, only = undefined } = {}) {
  if (!existsSync(join(root, 'node_modules/typescript'))) {
    say('Longtable is not installed yet. Run "npm ci" in this folder first.');
    return false;
  }
  for (const part of parts) {
    if ((only && part.name !== only) || (!force && isFresh(part))) continue;
    // Hashed before compiling: an edit made meanwhile must make this build stale, not fresh.
    const hash = hashInputs(part);
    const startedMs = Date.now();
    say(`Building the ${part.name}. The first time this takes up to a minute …`);
    const { status } = spawnSync(process.execPath, part.command, { cwd: root, stdio: ['ignore', 2, 2] });
    if (status !== 0) {
      say(`The ${part.name} could not be built; the reason is above.`);
      return false;
    }
    markFresh(part, hash);
    say(`Built the ${part.name} in ${((Date.now() - startedMs) / 1000).toFixed(1)} s.`);
  }
  return true;
}

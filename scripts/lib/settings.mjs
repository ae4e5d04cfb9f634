import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './fresh.mjs';

/** Settings may stand in a file `.env` beside package.json; what is set in the environment wins. */
export function loadSettings() {
  const file = join(root, '.env');
  if (existsSync(file)) process.loadEnvFile(file);
}

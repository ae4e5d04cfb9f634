/** Runs dependency-cruiser over every workspace that exists. The rules stand in .dependency-cruiser.cjs. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib/fresh.mjs';
import { runNode } from './lib/steps.mjs';

const folders = ['shared/src', 'server/src', 'client/src', 'migrations', 'bench/src', 'e2e'];
const existing = folders.filter((folder) => existsSync(join(root, folder)));
process.exit(
  runNode(['node_modules/dependency-cruiser/bin/dependency-cruise.mjs', '--config', '--', ...existing]),
);

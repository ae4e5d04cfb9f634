/**
 * Fails when a package that we install has a licence we have not agreed to. Read from package-lock.json,
 * so packages for other systems are checked too; where it says nothing, from the package itself.
 */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './lib/fresh.mjs';
import { unacceptable } from './lib/licences.mjs';

const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
const packages = Object.entries(lock.packages)
  .filter(([path, entry]) => path.includes('node_modules/') && !entry.link)
  .map(([path, entry]) => ({ path, licence: entry.license ?? licenceInside(path) }));

function licenceInside(path) {
  const file = join(root, path, 'package.json');
  if (!existsSync(file)) return undefined;
  const { license, licenses } = JSON.parse(readFileSync(file, 'utf8'));
  return license?.type ?? license ?? licenses?.map((entry) => entry.type ?? entry).join(' OR ');
}

const bad = packages.filter(({ licence }) => unacceptable(licence));
for (const { path, licence } of bad) console.error(`${path}: ${licence ?? 'no licence given'}`);
if (bad.length > 0) process.exit(1);
console.log(`${packages.length} packages, every licence fits AGPL-3.0-or-later.`);

/**
 * Builds when something is missing or stale, then becomes the server: same process, so signals, exit code
 * and process id are the server's own.
 */
import { become } from './lib/become.mjs';
import { build } from './lib/build.mjs';
import { loadSettings } from './lib/settings.mjs';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(`Longtable needs Node 20.19 or later. This is Node ${process.versions.node}.\n`);
  process.exit(1);
}
if (!build()) process.exit(1);

loadSettings();
await become(new URL('../server/dist/main.js', import.meta.url));

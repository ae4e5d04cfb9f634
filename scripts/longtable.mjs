/** The command line, built when stale: `npm run longtable -- export <document> --format pdf --out plan.pdf`. */
import { fileURLToPath } from 'node:url';
import { build } from './lib/build.mjs';
import { loadSettings } from './lib/settings.mjs';

if (!build()) process.exit(1);

loadSettings();
const main = new URL('../server/dist/cli/main.js', import.meta.url);
process.argv[1] = fileURLToPath(main);
await import(main.href);

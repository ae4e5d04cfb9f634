/** The command line, built when stale: `npm run longtable -- export <document> --format pdf --out plan.pdf`. */
import { become } from './lib/become.mjs';
import { build } from './lib/build.mjs';
import { loadSettings } from './lib/settings.mjs';

// The pages belong to the server that may be running: a command leaves them alone.
if (!build({ only: 'server' })) process.exit(1);

loadSettings();
await become(new URL('../server/dist/cli/main.js', import.meta.url));

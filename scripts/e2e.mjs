/** The browser tests alone, on a fresh build. Arguments go to Playwright: `npm run e2e -- --grep offline`. */
import { build } from './lib/build.mjs';
import { finish } from './lib/steps.mjs';
import { e2e } from './lib/suites.mjs';

if (!build()) process.exit(1);
e2e(process.env.SUITE_NAME, process.argv.slice(2));
process.exit(finish());

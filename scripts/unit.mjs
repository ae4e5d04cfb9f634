/** Jest alone, counted; arguments go to Jest. CI runs it once more on Node 24. */
import { finish } from './lib/steps.mjs';
import { jest } from './lib/suites.mjs';

jest(process.env.SUITE_NAME, process.argv.slice(2));
process.exit(finish());

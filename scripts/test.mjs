/** README's test command: everything that proves Longtable works and needs nothing but Node. */
import { finish } from './lib/steps.mjs';
import { allTests } from './lib/suites.mjs';

allTests();
process.exit(finish());

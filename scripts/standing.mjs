/** Measures what asking where sections stand costs the server: `npm run standing [-- --postgres]`. */
import { build } from './lib/build.mjs';
import { runNode } from './lib/steps.mjs';
import { nodeFlags } from './lib/suites.mjs';

if (!build()) process.exit(1);
process.exit(runNode([...nodeFlags.source, 'bench/src/standing.ts', ...process.argv.slice(2)]));

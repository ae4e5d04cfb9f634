/** Measures what the server keeps resident, and fails above its limits: `npm run memory [-- --postgres]`. */
import { build } from './lib/build.mjs';
import { runNode } from './lib/steps.mjs';
import { nodeFlags } from './lib/suites.mjs';

if (!build()) process.exit(1);
process.exit(runNode([...nodeFlags.source, 'bench/src/memory.ts', ...process.argv.slice(2)]));

/** Longtable beside other servers: `npm run bench -- [--quick] [--scenario NAME] [--servers a,b] [--runs N] [--json FILE]`. */
import { build } from './lib/build.mjs';
import { runNode } from './lib/steps.mjs';
import { nodeFlags } from './lib/suites.mjs';

if (!build()) process.exit(1);
process.exit(runNode([...nodeFlags.source, 'bench/src/bench.ts', ...process.argv.slice(2)]));

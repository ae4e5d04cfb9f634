/** Everything goes wrong on purpose: `npm run faults -- [--quick|--long] [--seed N] [--scenario NAME] [--json FILE]`. */
import { build } from './lib/build.mjs';
import { runNode } from './lib/steps.mjs';
import { nodeFlags } from './lib/suites.mjs';

if (!build()) process.exit(1);
process.exit(runNode([...nodeFlags.source, 'bench/src/faults.ts', ...process.argv.slice(2)]));

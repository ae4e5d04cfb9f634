/** Replays a recorded editing session: `npm run replay -- FILE [--clients N] [--postgres]`. */
import { build } from './lib/build.mjs';
import { runNode } from './lib/steps.mjs';
import { nodeFlags } from './lib/suites.mjs';

if (!build()) process.exit(1);
process.exit(runNode([...nodeFlags.source, 'bench/src/replay.ts', ...process.argv.slice(2)]));

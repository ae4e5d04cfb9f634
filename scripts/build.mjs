import { build } from './lib/build.mjs';

const isOnlyWhenStale = process.argv.includes('--if-stale');
if (!build({ force: !isOnlyWhenStale })) process.exit(1);

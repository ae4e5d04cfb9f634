/**
 * Exactly what CI runs: the static checks, then every test. `--static` leaves the tests out.
 */
import { finish, runCheck } from './lib/steps.mjs';
import { allTests } from './lib/suites.mjs';

const bin = (path) => `node_modules/${path}`;

runCheck('Format (Prettier)', [bin('prettier/bin/prettier.cjs'), '--check', '--log-level', 'warn', '.']);
runCheck('Lint and hard-coded text (ESLint)', [bin('eslint/bin/eslint.js'), '.', '--max-warnings', '0']);
runCheck('Import rule (dependency-cruiser)', ['scripts/import-rule.mjs']);
runCheck('Licences of what we depend on', ['scripts/licences.mjs']);
runCheck('Types (tsc)', [bin('typescript/bin/tsc'), '-b']);
if (!process.argv.includes('--static')) allTests();
process.exit(finish());

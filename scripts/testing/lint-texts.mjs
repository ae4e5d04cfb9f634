/**
 * Lints pieces of code as if they stood at the given paths: `[{ path, code }]` as JSON on stdin, the rules
 * that each breaks as JSON on stdout. A process of its own, because ESLint loads its plugins by itself.
 */
import { ESLint } from 'eslint';
import tseslint from 'typescript-eslint';
import { root } from '../lib/fresh.mjs';

const chunks = [];
for await (const chunk of process.stdin) chunks.push(chunk);
const cases = JSON.parse(Buffer.concat(chunks).toString('utf8'));

// Files that do not exist belong to no TypeScript project, so only cases that ask for types get them.
const untyped = new ESLint({ cwd: root, overrideConfig: [tseslint.configs.disableTypeChecked] });
const typed = new ESLint({
  cwd: root,
  overrideConfig: [
    {
      languageOptions: {
        parserOptions: {
          projectService: { allowDefaultProject: cases.filter((one) => one.typed).map((one) => one.path) },
        },
      },
    },
  ],
});

const answers = [];
for (const { path, code, typed: needsTypes } of cases) {
  const [result] = await (needsTypes ? typed : untyped).lintText(code, { filePath: `${root}/${path}` });
  answers.push(result.messages.map(({ ruleId, message }) => ruleId ?? message));
}
process.stdout.write(JSON.stringify(answers));

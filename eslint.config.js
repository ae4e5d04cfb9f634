import js from '@eslint/js';
import reactHooks from 'eslint-plugin-react-hooks';
import tseslint from 'typescript-eslint';
import { hardCodedText } from './scripts/lib/hard-coded-text.mjs';

/**
 * What a reader could get wrong without noticing, as errors. Who may import whom stands in
 * .dependency-cruiser.cjs; `scripts/rules.test.mjs` proves that every rule here and there bites.
 */

const tests = [
  '**/*.test.{ts,tsx,js}',
  'server/src/testing/**',
  'client/src/testing/**',
  'e2e/**',
  'bench/**',
];
const nodeGlobals = Object.fromEntries(
  [
    ...['process', 'console', 'URL', 'Buffer', 'fetch', 'AbortSignal'],
    ...['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'],
  ].map((name) => [name, 'readonly']),
);

const noBarrel = [
  {
    selector: 'ExportAllDeclaration',
    message: 'No barrels: import from the file that has it.',
  },
];

const noDbInTransaction = [
  'MemberExpression[property.name="db"]',
  ':not(Property, MemberExpression, TSPropertySignature) > Identifier[name="db"]',
  'Property > Identifier.value[name="db"]',
  'MemberExpression > Identifier.object[name="db"]',
].map((use) => ({
  selector: `CallExpression[callee.property.name="transaction"] > :function ${use}`,
  message:
    'Inside a transaction use the transaction. PGlite has one connection: a query through `db` waits for itself until it times out.',
}));

const noOnly = [
  {
    selector: 'MemberExpression[object.name=/^(it|test|describe)$/][property.name="only"]',
    message: 'A committed .only hides every other test.',
  },
  {
    selector: 'CallExpression[callee.name=/^(fit|fdescribe)$/]',
    message: 'A committed focused test hides every other test.',
  },
  {
    selector: 'CallExpression[callee.property.name="waitForTimeout"]',
    message: 'Wait for the condition, never for time.',
  },
];

const noRawMarkup = [
  {
    selector: 'JSXAttribute[name.name="dangerouslySetInnerHTML"]',
    message: 'No raw markup: words from people are text.',
  },
];

const noTextInTitle = [
  {
    selector:
      'AssignmentExpression[left.object.name="document"][left.property.name="title"] > :matches(Literal[value=/\\p{L}/u], TemplateLiteral[quasis.0.value.raw=/\\S/]).right',
    message: 'Text that people read belongs in shared/src/locales.',
  },
];

const environmentDoor = [
  { object: 'process', property: 'env', message: 'The environment is read in server/src/env.ts only.' },
];
const markupDoors = ['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'write'].map((property) => ({
  ...(property === 'write' ? { object: 'document' } : {}),
  property,
  message: 'No raw markup: words from people are text.',
}));
const environmentImports = {
  paths: ['node:process', 'process'].map((name) => ({
    name,
    importNames: ['env', 'default'],
    message: 'The environment is read in server/src/env.ts only.',
  })),
};

const forbiddenSyntax = [...noBarrel, ...noDbInTransaction, ...noOnly, ...noRawMarkup, ...noTextInTitle];

const source = ['{shared,server,client,migrations,bench,e2e}/**/*.{ts,tsx}'];

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/node_modules/**',
      'coverage/**',
      'data/**',
      'keys/**',
      'e2e/results/**',
      'e2e/report/**',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.{js,mjs,cjs}'],
    languageOptions: { globals: { ...nodeGlobals, module: 'writable', require: 'readonly' } },
  },
  {
    files: source,
    extends: [tseslint.configs.recommended],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      // Schema and inferred type share one name on purpose; the compiler knows what is defined.
      '@typescript-eslint/no-redeclare': 'off',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true, requireDefaultForNonUnion: false },
      ],
      'no-restricted-imports': ['error', environmentImports],
      'no-restricted-properties': ['error', ...environmentDoor, ...markupDoors],
      'no-restricted-syntax': ['error', ...forbiddenSyntax],
      // Naming control characters is how they are kept out.
      'no-control-regex': 'off',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
    },
  },
  {
    // Vite's own build code belongs to no workspace's TypeScript project.
    files: ['client/*.ts', 'client/build/**'],
    extends: [tseslint.configs.disableTypeChecked],
  },
  {
    files: ['**/index.{ts,tsx}'],
    rules: {
      'no-restricted-syntax': [
        'error',
        ...forbiddenSyntax,
        {
          selector: 'ExportNamedDeclaration[source]',
          message: 'No barrels: import from the file that has it.',
        },
      ],
    },
  },
  {
    files: ['client/src/**/*.{ts,tsx}'],
    plugins: { 'react-hooks': reactHooks },
    rules: { 'react-hooks/rules-of-hooks': 'error', 'react-hooks/exhaustive-deps': 'error' },
  },
  {
    // Hard-coded text, in elements and in the attributes that people see or hear.
    files: ['client/src/**/*.tsx'],
    ignores: ['**/*.test.tsx'],
    plugins: { longtable: { rules: { 'hard-coded-text': hardCodedText } } },
    rules: {
      'longtable/hard-coded-text': [
        'error',
        {
          props: {
            include: [
              ['*', 'aria-{label,description,roledescription,valuetext,placeholder,details,errormessage}'],
              ['*', '{alt,title,label,placeholder,description,errorMessage,summary}'],
            ],
          },
        },
      ],
    },
  },
  {
    files: ['server/src/env.ts', '**/*.config.{ts,js}', ...tests],
    rules: {
      'no-restricted-imports': 'off',
      'no-restricted-properties': ['error', ...markupDoors],
    },
  },
);

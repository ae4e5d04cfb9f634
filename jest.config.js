/**
 * One module format everywhere (ESM): Yjs loaded once as CJS and once as ESM is two libraries.
 * Run through `npm test`, which sets --experimental-vm-modules.
 */
export default {
  projects: [
    { displayName: 'scripts', rootDir: './scripts', testMatch: ['<rootDir>/**/*.test.mjs'], transform: {} },
    ...['shared', 'server', 'client', 'bench'].map((workspace) => ({
      displayName: workspace,
      rootDir: `./${workspace}`,
      testEnvironment: 'node',
      testMatch: ['<rootDir>/src/**/*.test.ts', '<rootDir>/src/**/*.test.tsx'],
      extensionsToTreatAsEsm: ['.ts', '.tsx'],
      testEnvironmentOptions: { customExportConditions: ['source', 'node'] },
      // Components are read as markup here; how they look is for browsers.
      moduleNameMapper: { '\\.css$': '<rootDir>/src/testing/no-styles.ts' },
      transform: {
        '^.+\\.tsx?$': [
          '@swc/jest',
          {
            jsc: {
              parser: { syntax: 'typescript', tsx: workspace === 'client' },
              transform: { react: { runtime: 'automatic' } },
              target: 'es2022',
              experimental: { keepImportAttributes: true },
            },
            module: { type: 'es6' },
          },
        ],
      },
    })),
  ],
};

/**
 * Who may import whom, as errors. Server: main → app → features → platform. Client: main → app →
 * features → rooms → ui, lib. Read it from the top: walls, layers, doors. `scripts/rules.test.mjs`
 * proves that each rule bites. Types count: an import that only a type needs is still a dependency.
 */

/** A feature may call only features that stand before it. */
const features = [
  'people',
  'partnerships',
  'circles',
  'partners',
  'documents',
  'rooms',
  'words',
  'presence',
  'cards',
  'rounds',
  'history',
  'registers',
  'workshops',
  'exports',
  'retention',
];

/** Tests and the code that only tests use may open any door and reach down anywhere. */
const tests = '\\.test\\.tsx?$|^(server|client)/src/testing/|^(e2e|bench)/';

const forbid = (name, comment, from, to) => ({ name, comment, severity: 'error', from, to });

const walls = [
  forbid('no-circular', 'No cycles.', {}, { circular: true }),
  forbid(
    'shared-stands-alone',
    'shared imports nothing of ours.',
    { path: '^shared/src/' },
    { path: '^(server|client|migrations|e2e|bench)/' },
  ),
  forbid(
    'shared-is-pure',
    'shared runs in the browser too: no Node built-ins.',
    { path: '^shared/src/', pathNot: '\\.test\\.ts$' },
    { dependencyTypes: ['core'] },
  ),
  forbid(
    'shared-knows-no-framework',
    'shared does no I/O: no React, no server, no socket.',
    { path: '^shared/src/', pathNot: '\\.test\\.ts$' },
    { path: '(^|/)node_modules/(react|react-dom|express|knex|pg|socket\\.io|socket\\.io-client)(/|$)' },
  ),
  forbid(
    'server-not-client',
    'The server never imports the client.',
    { path: '^server/' },
    { path: '^client/' },
  ),
  forbid(
    'client-not-server',
    'The client never imports the server.',
    { path: '^client/' },
    { path: '^(server|migrations)/' },
  ),
  forbid(
    'client-without-node',
    'The client runs in browsers: no Node built-ins.',
    { path: '^client/src/', pathNot: tests },
    { dependencyTypes: ['core'] },
  ),
  forbid(
    'migrations-are-self-contained',
    'A migration imports the types of knex and nothing else, so that it still runs when the code has moved on.',
    { path: '^migrations/' },
    { pathNot: '(^|/)node_modules/knex/' },
  ),
  forbid(
    'migrations-import-types-only',
    'A migration imports knex as types only.',
    { path: '^migrations/' },
    { path: '(^|/)node_modules/knex/', dependencyTypesNot: ['type-only'] },
  ),
  forbid(
    'tools-stay-outside',
    'Nothing that ships imports the browsers’ tests or the bench.',
    { path: '^(shared|server|client|migrations)/' },
    { path: '^(e2e|bench)/' },
  ),
  forbid(
    'testing-stays-in-tests',
    'Only tests use testing/.',
    { path: '^(server|client)/src/', pathNot: tests },
    { path: '^(server|client)/src/testing/' },
  ),
  forbid(
    'no-unresolved',
    'Every import resolves. React Aria publishes a condition `source` without the sources behind it.',
    {},
    { couldNotResolve: true, pathNot: '^react-(aria|stately)' },
  ),
];

const serverLayers = [
  forbid(
    'platform-is-the-floor',
    'platform imports nothing above it. It may see env.ts.',
    { path: '^server/src/platform/', pathNot: tests },
    { path: '^server/src/', pathNot: '^server/src/(platform/|env\\.ts$)' },
  ),
  forbid(
    'features-do-not-look-up',
    'Features import features and platform. They may see env.ts.',
    { path: '^server/src/features/', pathNot: tests },
    { path: '^server/src/', pathNot: '^server/src/(features/|platform/|env\\.ts$)' },
  ),
  forbid(
    'app-is-below-main',
    'app does not import main or the command line.',
    { path: '^server/src/app\\.ts$' },
    { path: '^server/src/(main\\.ts$|cli/)' },
  ),
  forbid(
    'env-imports-nothing-of-the-server',
    'env.ts is read by all and reads none.',
    { path: '^server/src/env\\.ts$' },
    { path: '^server/src/' },
  ),
  forbid(
    'a-feature-shows-service-and-policy',
    'A feature calls only another feature’s *.service or *.policy.',
    { path: '^server/src/features/([^/]+)/', pathNot: tests },
    {
      path: '^server/src/features/',
      pathNot: '^server/src/features/($1/|[^/]+/[^/]+\\.(service|policy)\\.ts$)',
    },
  ),
  ...features
    .slice(0, -1)
    .map((feature, position) =>
      forbid(
        `${feature}-comes-early`,
        `${feature} may call only the features before it.`,
        { path: `^server/src/features/${feature}/`, pathNot: tests },
        { path: `^server/src/features/(${features.slice(position + 1).join('|')})/` },
      ),
    ),
  forbid(
    'features-are-known',
    'A new feature gets its place in the list of .dependency-cruiser.cjs first.',
    {},
    { path: '^server/src/features/', pathNot: `^server/src/features/(${features.join('|')})/` },
  ),
];

const clientLayers = [
  forbid(
    'exit-imports-nothing',
    'exit.ts loads first and works alone.',
    { path: '^client/src/exit\\.ts$' },
    { pathNot: '^$' },
  ),
  forbid(
    'client-app-is-below-main',
    'app does not import main.',
    { path: '^client/src/(?!main\\.tsx$)' },
    { path: '^client/src/main\\.tsx$' },
  ),
  forbid(
    'client-features-do-not-look-up',
    'Features import rooms, ui and lib.',
    { path: '^client/src/features/', pathNot: tests },
    { path: '^client/src/', pathNot: '^client/src/((features|rooms|ui|lib)/|exit\\.ts$)' },
  ),
  forbid(
    'client-features-keep-apart',
    'Features never import each other; app is where they meet.',
    { path: '^client/src/features/([^/]+)/' },
    { path: '^client/src/features/', pathNot: '^client/src/features/$1/' },
  ),
  forbid(
    'client-rooms-do-not-look-up',
    'rooms imports ui and lib.',
    { path: '^client/src/rooms/', pathNot: tests },
    { path: '^client/src/', pathNot: '^client/src/((rooms|ui|lib)/|exit\\.ts$)' },
  ),
  forbid(
    'client-ui-and-lib-are-the-floor',
    'ui and lib import nothing above them.',
    { path: '^client/src/(ui|lib)/', pathNot: tests },
    { path: '^client/src/', pathNot: '^client/src/((ui|lib)/|exit\\.ts$)' },
  ),
];

const node = (names) => `(^|/)node_modules/(${names})(/|$)`;

const doors = [
  forbid(
    'door-knex',
    'knex: in platform, repositories and stores.',
    {
      path: '^(shared|server|client)/src/',
      pathNot: `^server/src/platform/|\\.repository\\.ts$|[./-]stores?\\.ts$|/stores?/|${tests}`,
    },
    { path: node('knex|knex-pglite|pg|@electric-sql') },
  ),
  forbid(
    'door-socket-io',
    'Socket.io: in platform/sockets, *.sockets and client/src/lib.',
    {
      path: '^(shared|server|client)/src/',
      pathNot: `^server/src/platform/sockets\\.ts$|\\.sockets\\.ts$|^client/src/lib/|${tests}`,
    },
    { path: node('socket\\.io|socket\\.io-client|engine\\.io|engine\\.io-client') },
  ),
  forbid(
    'door-yjs',
    'yjs: in shared/documents/model and the two rooms folders.',
    {
      path: '^(shared|server|client)/src/',
      pathNot: `^shared/src/documents/model/|^server/src/features/rooms/|^client/src/rooms/|${tests}`,
    },
    { path: node('yjs|y-protocols') },
  ),
];

module.exports = {
  forbidden: [...walls, ...serverLayers, ...clientLayers, ...doors],
  options: {
    doNotFollow: { path: 'node_modules' },
    // Our own outputs only: yjs and socket.io live in a dist/ as well, and their doors must hold.
    exclude: { path: '^[^/]+/dist/' },
    tsPreCompilationDeps: true,
    moduleSystems: ['es6', 'cjs'],
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['source', 'import', 'module', 'browser', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
      mainFields: ['module', 'main', 'types', 'typings'],
    },
  },
};

import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { root } from './lib/fresh.mjs';

/** A rule that never fires looks just like a rule that is kept. So each one here meets what it forbids. */

function run(args, options) {
  const { stdout, stderr, error } = spawnSync(process.execPath, args, {
    encoding: 'utf8',
    maxBuffer: 1e8,
    ...options,
  });
  if (error || stdout === '') throw error ?? new Error(stderr);
  return JSON.parse(stdout);
}

describe('the import rule', () => {
  /** [the rule, the file that breaks it, what that file says] */
  const broken = [
    ['no-circular', 'server/src/platform/loop-a.ts', "import { b } from './loop-b.ts';\nexport const a = b;"],
    [
      'shared-stands-alone',
      'shared/src/to-server.ts',
      "import { Env } from '../../server/src/env.ts';\nexport type E = Env;",
    ],
    [
      'shared-is-pure',
      'shared/src/reads.ts',
      "import { readFileSync } from 'node:fs';\nexport const r = readFileSync;",
    ],
    [
      'shared-knows-no-framework',
      'shared/src/react.ts',
      "import { useState } from 'react';\nexport const u = useState;",
    ],
    [
      'server-not-client',
      'server/src/platform/to-client.ts',
      "import { low } from '../../../client/src/lib/low.ts';\nexport const l = low;",
    ],
    [
      'client-not-server',
      'client/src/lib/to-server.ts',
      "import type { Env } from '../../../server/src/env.ts';\nexport type E = Env;",
    ],
    [
      'client-without-node',
      'client/src/lib/reads.ts',
      "import { join } from 'node:path';\nexport const j = join;",
    ],
    [
      'migrations-are-self-contained',
      'migrations/20260101000000_bad.ts',
      "import { ids } from '@longtable/shared/ids';\nexport const i = ids;",
    ],
    [
      'migrations-import-types-only',
      'migrations/20260101000001_bad.ts',
      "import knex from 'knex';\nexport const k = knex;",
    ],
    [
      'tools-stay-outside',
      'server/src/platform/to-bench.ts',
      "import { peer } from '../../../bench/src/peer.ts';\nexport const p = peer;",
    ],
    [
      'testing-stays-in-tests',
      'server/src/platform/to-testing.ts',
      "import { factory } from '../testing/factory.ts';\nexport const f = factory;",
    ],
    ['no-unresolved', 'shared/src/lost.ts', "import { gone } from './gone.ts';\nexport const g = gone;"],
    [
      'platform-is-the-floor',
      'server/src/platform/looks-up.ts',
      "import { seat } from '../features/people/people.service.ts';\nexport const s = seat;",
    ],
    [
      'features-do-not-look-up',
      'server/src/features/people/looks-up.ts',
      "import { createApp } from '../../app.ts';\nexport const c = createApp;",
    ],
    [
      'app-is-below-main',
      'server/src/app.ts',
      "import { main } from './main.ts';\nexport const createApp = main;",
    ],
    [
      'env-imports-nothing-of-the-server',
      'server/src/env.ts',
      "import { low } from './platform/low.ts';\nexport type Env = typeof low;",
    ],
    [
      'a-feature-shows-service-and-policy',
      'server/src/features/circles/peeks.ts',
      "import { rows } from '../people/people.repository.ts';\nexport const r = rows;",
    ],
    [
      'people-comes-early',
      'server/src/features/people/looks-ahead.ts',
      "import { own } from '../circles/circles.service.ts';\nexport const o = own;",
    ],
    [
      'exports-comes-early',
      'server/src/features/exports/looks-ahead.ts',
      "import { keep } from '../retention/retention.service.ts';\nexport const k = keep;",
    ],
    [
      'features-are-known',
      'server/src/platform/to-unknown.ts',
      "import { x } from '../features/gossip/gossip.service.ts';\nexport const g = x;",
    ],
    [
      'exit-imports-nothing',
      'client/src/exit.ts',
      "import type { low } from './lib/low.ts';\nexport type L = typeof low;",
    ],
    [
      'client-app-is-below-main',
      'client/src/app/looks-up.ts',
      "import { start } from '../main.tsx';\nexport const s = start;",
    ],
    [
      'client-features-do-not-look-up',
      'client/src/features/people/looks-up.ts',
      "import { routes } from '../../app/routes.ts';\nexport const r = routes;",
    ],
    [
      'client-features-keep-apart',
      'client/src/features/people/looks-aside.ts',
      "import { doc } from '../documents/doc.ts';\nexport const d = doc;",
    ],
    [
      'client-rooms-do-not-look-up',
      'client/src/rooms/looks-up.ts',
      "import { doc } from '../features/documents/doc.ts';\nexport const d = doc;",
    ],
    [
      'client-ui-and-lib-are-the-floor',
      'client/src/ui/looks-up.ts',
      "import { room } from '../rooms/room.ts';\nexport const r = room;",
    ],
    [
      'door-knex',
      'server/src/features/people/people.service.ts',
      "import type { Knex } from 'knex';\nexport type K = Knex;\nexport const seat = 1;",
    ],
    [
      'door-socket-io',
      'server/src/features/people/people.routes.ts',
      "import { Server } from 'socket.io';\nexport const s = Server;",
    ],
    [
      'door-yjs',
      'client/src/features/documents/doc.ts',
      "import type { Doc } from 'yjs';\nexport type D = Doc;\nexport const doc = 1;",
    ],
  ];

  /** Files that keep the rule: the doors themselves, and what the broken ones point at. */
  const kept = {
    'shared/package.json': JSON.stringify({
      name: '@longtable/shared',
      type: 'module',
      exports: { './*': { source: './src/*.ts', default: './dist/*.js' } },
    }),
    'shared/src/ids.ts': 'export const ids = 1;',
    'shared/src/documents/model/model.ts': "import type { Doc } from 'yjs';\nexport type D = Doc;",
    'server/src/platform/low.ts': "import { ids } from '@longtable/shared/ids';\nexport const low = ids;",
    'server/src/platform/loop-b.ts': "import { a } from './loop-a.ts';\nexport const b = a;",
    'server/src/platform/db.ts':
      "import type { Knex } from 'knex';\nimport type { Env } from '../env.ts';\nexport type D = Knex | Env;",
    'server/src/platform/sockets.ts': "import { Server } from 'socket.io';\nexport const s = Server;",
    'server/src/main.ts': 'export const main = 1;',
    'server/src/testing/factory.ts':
      "import { createApp } from '../app.ts';\nexport const factory = createApp;",
    'server/src/features/people/people.repository.ts':
      "import type { Knex } from 'knex';\nexport type K = Knex;\nexport const rows = 1;",
    'server/src/features/people/people.test.ts':
      "import type { Knex } from 'knex';\nimport { factory } from '../../testing/factory.ts';\nexport const f: Knex = factory;",
    'server/src/features/circles/circles.service.ts':
      "import { seat } from '../people/people.service.ts';\nexport const own = seat;",
    'server/src/features/retention/retention.service.ts': 'export const keep = 1;',
    'server/src/features/gossip/gossip.service.ts': 'export const x = 1;',
    'server/src/features/rooms/update-store.ts':
      "import type { Knex } from 'knex';\nimport type { Doc } from 'yjs';\nexport type U = Doc | Knex;",
    'client/src/lib/low.ts': 'export const low = 1;',
    'client/src/lib/socket.ts': "import { io } from 'socket.io-client';\nexport const i = io;",
    'client/src/rooms/room.ts': "import { low } from '../lib/low.ts';\nexport const room = low;",
    'client/src/features/people/people.ts':
      "import { room } from '../../rooms/room.ts';\nexport const people = room;",
    'client/src/app/routes.ts':
      "import { people } from '../features/people/people.ts';\nimport { doc } from '../features/documents/doc.ts';\nexport const routes = [people, doc];",
    'client/src/main.tsx': "import { routes } from './app/routes.ts';\nexport const start = routes;",
    'bench/src/peer.ts':
      "import { room } from '../../client/src/rooms/room.ts';\nimport { Server } from 'socket.io';\nexport const peer = [room, Server];",
    'migrations/20260101000002_good.ts':
      "import type { Knex } from 'knex';\nexport const up = (knex: Knex) => knex.raw('');",
  };

  const folder = mkdtempSync(join(tmpdir(), 'longtable-rules-'));
  let violations = [];

  beforeAll(() => {
    const files = { ...kept, ...Object.fromEntries(broken.map(([, path, code]) => [path, code])) };
    for (const [path, code] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), code);
    }
    mkdirSync(join(folder, 'node_modules/@longtable'), { recursive: true });
    symlinkSync(join(folder, 'shared'), join(folder, 'node_modules/@longtable/shared'));
    for (const name of ['knex', 'yjs', 'react', 'socket.io', 'socket.io-client']) {
      symlinkSync(join(root, 'node_modules', name), join(folder, 'node_modules', name));
    }
    const report = run(
      [
        join(root, 'node_modules/dependency-cruiser/bin/dependency-cruise.mjs'),
        ...['--config', join(root, '.dependency-cruiser.cjs'), '--output-type', 'json', '--'],
        ...['shared/src', 'server/src', 'client/src', 'migrations', 'bench/src'],
      ],
      { cwd: folder },
    );
    violations = report.summary.violations.map(({ rule, from }) => ({ rule: rule.name, from }));
  }, 120_000);

  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it.each(broken)('%s bites', (rule, from) => {
    expect(violations).toContainEqual({ rule, from });
  });

  it.each(Object.keys(kept).filter((path) => /\.tsx?$/.test(path) && !path.includes('loop-')))(
    '%s keeps the rule',
    (path) => {
      expect(violations.filter(({ from }) => from === path)).toEqual([]);
    },
  );

  it('has a case for every rule', () => {
    const { forbidden } = createRequire(import.meta.url)('../.dependency-cruiser.cjs');
    const names = forbidden.map(({ name }) => name).filter((name) => !name.endsWith('-comes-early'));
    expect(names.filter((name) => !broken.some(([rule]) => rule === name))).toEqual([]);
  });
});

describe('the linter', () => {
  const service = 'server/src/features/people/people.service.ts';
  const screen = 'client/src/features/people/Door.tsx';

  /** [the rule, where, what breaks it] */
  const broken = [
    ['no-restricted-properties', service, 'export const port = process.env.PORT;'],
    ['no-restricted-properties', service, 'export const { env } = process;'],
    ['no-restricted-imports', service, "import { env } from 'node:process';\nexport const e = env;"],
    ['no-restricted-syntax', 'shared/src/protocol/all.ts', "export * from './version.ts';"],
    ['no-restricted-syntax', 'shared/src/protocol/index.ts', "export { a } from './version.ts';"],
    [
      'no-restricted-syntax',
      service,
      'export const f = (db) => db.transaction(async (trx) => { await trx(1); await db(2); });',
    ],
    [
      'no-restricted-syntax',
      service,
      'export const f = (deps) => deps.db.transaction((trx) => read(deps.db, trx));\nconst read = () => 1;',
    ],
    [
      'no-restricted-syntax',
      service,
      'export const f = (db) => db.transaction(() => read(db));\nconst read = () => 1;',
    ],
    [
      'no-restricted-syntax',
      service,
      'export const f = (db) => db.transaction(() => read({ db }));\nconst read = () => 1;',
    ],
    ['no-restricted-syntax', 'server/src/app.test.ts', "it.only('a', () => {});"],
    ['no-restricted-syntax', 'e2e/write.test.ts', 'await page.waitForTimeout(100);'],
    ['no-restricted-properties', 'client/src/ui/dom.ts', "document.body.innerHTML = 'x';"],
    [
      'no-restricted-syntax',
      screen,
      'export const A = () => <p dangerouslySetInnerHTML={{ __html: x }} />;\nconst x = 1;',
    ],
    ['no-restricted-syntax', screen, "document.title = 'Longtable';"],
    ['longtable/hard-coded-text', screen, 'export const A = () => <p>Hello</p>;'],
    [
      'longtable/hard-coded-text',
      screen,
      "export const A = () => <p>{on ? 'Yes' : null}</p>;\nconst on = true;",
    ],
    ['longtable/hard-coded-text', screen, 'export const A = () => <button aria-label="Close" />;'],
    ['longtable/hard-coded-text', screen, 'export const A = () => <input placeholder="Your name" />;'],
    ['longtable/hard-coded-text', screen, 'export const A = () => <p title={`Seat ${1}`} />;'],
    [
      'longtable/hard-coded-text',
      screen,
      'export const A = () => <Field label="Name" />;\nconst Field = () => null;',
    ],
    [
      'react-hooks/rules-of-hooks',
      screen,
      "import { useState } from 'react';\nexport const A = ({ on }) => { if (on) useState(1); return null; };",
    ],
    ['@typescript-eslint/no-explicit-any', service, 'export const a: any = 1;'],
    [
      '@typescript-eslint/no-floating-promises',
      'server/src/rule-fixture.ts',
      'Promise.resolve(1);\nexport {};',
    ],
  ];

  const kept = [
    ['server/src/env.ts', 'export const port = process.env.PORT;'],
    [
      service,
      'export const f = (db) => db.transaction((trx) => read({ db: trx }, trx));\nconst read = () => 1;',
    ],
    [screen, 'export const A = ({ label }) => <p className="door" aria-label={label}>{label}</p>;'],
    [screen, 'export const f = (name) => {\n  document.title = name;\n};'],
    [screen, 'export const A = () => <span aria-hidden="true">✕</span>;'],
    ['shared/src/protocol/version.ts', 'export const version = 1;'],
  ];

  let answers = [];
  beforeAll(() => {
    const cases = [
      ...broken.map(([, path, code]) => ({ path, code })),
      ...kept.map(([path, code]) => ({ path, code })),
    ];
    for (const one of cases) one.typed = one.path.endsWith('rule-fixture.ts');
    answers = run(['scripts/testing/lint-texts.mjs'], { cwd: root, input: JSON.stringify(cases) });
  }, 120_000);

  it.each(broken.map((one, index) => [...one, index]))('%s bites in %s: %s', (rule, _path, _code, index) => {
    expect(answers[index]).toContain(rule);
  });

  it.each(kept.map((one, index) => [...one, broken.length + index]))(
    'lets %s be: %s',
    (_path, _code, index) => {
      expect(answers[index]).toEqual([]);
    },
  );
});

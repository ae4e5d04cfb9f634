import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { createHash, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, readdir, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Knex } from 'knex';
import { readTestEnv } from '../env.ts';
import { migrate } from '../platform/db.ts';
import { createPglite, knexOverPglite } from '../platform/pglite.ts';
import { knexOverPostgres } from '../platform/postgres.ts';

export interface TestBackend {
  /** Migrated and empty when the suite starts; use it inside tests and hooks only. */
  readonly db: Knex;
  readonly kind: 'pglite' | 'postgres';
  /** Makes the database go away, as a crash would; nothing brings it back in this suite. */
  lose(): Promise<void>;
  /** PostgreSQL only: cuts every connection and lets none in until the returned function is called. */
  interrupt(): Promise<() => Promise<void>>;
}

interface Opened {
  db: Knex;
  interrupt?: TestBackend['interrupt'];
  close(): Promise<void>;
}

const SKIPPED = 'skipped: set TEST_DATABASE_URL=postgres://… to run on PostgreSQL';
const STARTING_MS = 60_000;

/** Runs one suite on the embedded database and, where there is one, on PostgreSQL with one connection and with many. */
export function describeEachBackend(name: string, suite: (backend: TestBackend) => void): void {
  describeBackend(`${name} [pglite]`, 'pglite', openTestPglite, suite);
  const { databaseUrl: url, isAllRequired } = readTestEnv();
  if (url) {
    describeBackend(`${name} [postgres, pool of 1]`, 'postgres', () => openTestPostgres(url, 1), suite);
    describeBackend(`${name} [postgres, pool of 8]`, 'postgres', () => openTestPostgres(url, 8), suite);
  } else if (isAllRequired) {
    it(`${name} [postgres]`, () => {
      throw new Error('TEST_DATABASE_URL is not set, and REQUIRE_ALL_TESTS=1 allows no skipping');
    });
  } else {
    it.skip(`${name} [postgres] ${SKIPPED}`, () => {});
  }
}

function describeBackend(
  name: string,
  kind: TestBackend['kind'],
  open: () => Promise<Opened>,
  suite: (backend: TestBackend) => void,
): void {
  describe(name, () => {
    let opened: Opened | undefined;
    beforeAll(async () => {
      opened = await open();
    }, STARTING_MS);
    afterAll(async () => {
      await opened?.close();
    }, STARTING_MS);
    suite({
      kind,
      get db() {
        if (!opened)
          throw new Error('the database opens before the first test, not while tests are declared');
        return opened.db;
      },
      lose: async () => opened?.db.destroy(),
      interrupt: () => {
        if (!opened?.interrupt)
          throw new Error('the embedded database is in the process and cannot be cut off');
        return opened.interrupt();
      },
    });
  });
}

export async function openTestPglite(): Promise<Opened> {
  const pglite = await createPglite({ loadDataDir: new Blob([await readFile(await migratedImage())]) });
  const db = knexOverPglite(pglite);
  const close = async () => {
    await db.destroy();
    if (!pglite.closed) await pglite.close();
  };
  return { db, close };
}

/**
 * Creating a database takes seconds, restoring one a fraction. The image is made once for each state of the
 * migrations and moved into place when whole, so that parallel workers never read half of it.
 */
async function migratedImage(): Promise<string> {
  const folder = fileURLToPath(new URL('../../../migrations/', import.meta.url));
  const hash = createHash('sha256').update(createRequire(import.meta.url).resolve('@electric-sql/pglite'));
  hash.update(await readFile(new URL('../../../package-lock.json', import.meta.url)));
  for (const file of (await readdir(folder)).filter((each) => each.endsWith('.ts')).sort()) {
    hash.update(file).update(await readFile(path.join(folder, file)));
  }
  const image = path.join(tmpdir(), `longtable-test-${hash.digest('hex').slice(0, 16)}.tar`);
  if (existsSync(image)) return image;

  const pglite = await createPglite({});
  const db = knexOverPglite(pglite);
  await migrate(db);
  const dump = await pglite.dumpDataDir('none');
  await db.destroy();
  if (!pglite.closed) await pglite.close();
  const draft = `${image}.${randomUUID()}`;
  await writeFile(draft, Buffer.from(await dump.arrayBuffer()));
  await rename(draft, image);
  return image;
}

/** A database of its own, dropped afterwards. */
export async function openTestPostgres(url: string, poolSize: number): Promise<Opened> {
  const name = `longtable_test_${randomUUID().replaceAll('-', '')}`;
  const admin = knexOverPostgres(url, 1);
  await admin.raw(`create database ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  const db = knexOverPostgres(own.href, poolSize);
  await migrate(db);
  const interrupt = async () => {
    await admin.raw(`alter database ${name} with allow_connections false`);
    await admin.raw('select pg_terminate_backend(pid) from pg_stat_activity where datname = ?', [name]);
    return async () => {
      await admin.raw(`alter database ${name} with allow_connections true`);
    };
  };
  const close = async () => {
    await db.destroy();
    await admin.raw(`drop database ${name} with (force)`);
    await admin.destroy();
  };
  return { db, interrupt, close };
}

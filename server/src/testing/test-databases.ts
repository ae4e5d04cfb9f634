import { afterAll, describe, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { readTestEnv } from '../env.ts';
import { migrate } from '../platform/db.ts';
import { knexOverPostgres } from '../platform/postgres.ts';

export interface TestDatabases {
  /** The address of a new database, dropped when the suite ends. */
  create(options?: { isMigrated?: boolean }): Promise<string>;
  /** Cuts every connection and lets none in until the returned function is called. */
  interrupt(url: string): Promise<() => Promise<void>>;
}

/** Runs a suite with PostgreSQL databases of its own by their addresses, or says that it is skipped. */
export function withTestDatabases(name: string, suite: (databases: TestDatabases) => void): void {
  const { databaseUrl, isAllRequired } = readTestEnv();
  if (!databaseUrl) {
    if (!isAllRequired)
      it.skip(`${name} skipped: set TEST_DATABASE_URL=postgres://… to run on PostgreSQL`, () => {});
    else
      it(name, () => {
        throw new Error('TEST_DATABASE_URL is not set, and REQUIRE_ALL_TESTS=1 allows no skipping');
      });
    return;
  }
  describe(name, () => {
    const names: string[] = [];
    const admin = knexOverPostgres(databaseUrl, 1);
    suite({
      async create({ isMigrated = false } = {}) {
        const database = `longtable_test_${randomUUID().replaceAll('-', '')}`;
        await admin.raw(`create database ${database}`);
        names.push(database);
        const url = new URL(databaseUrl);
        url.pathname = `/${database}`;
        if (isMigrated) {
          const db = knexOverPostgres(url.href, 1);
          await migrate(db);
          await db.destroy();
        }
        return url.href;
      },
      async interrupt(url) {
        const database = new URL(url).pathname.slice(1);
        await admin.raw(`alter database ${database} with allow_connections false`);
        await admin.raw('select pg_terminate_backend(pid) from pg_stat_activity where datname = ?', [
          database,
        ]);
        return async () => {
          await admin.raw(`alter database ${database} with allow_connections true`);
        };
      },
    });
    afterAll(async () => {
      for (const database of names) await admin.raw(`drop database ${database} with (force)`);
      await admin.destroy();
    }, 60_000);
  });
}

import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { test } from '@playwright/test';

const { TEST_DATABASE_URL, REQUIRE_ALL_TESTS } = process.env;

/** Skips, and says how not to, where no PostgreSQL is given; where everything is required, that is a failure. */
export function skipWithoutPostgres(): void {
  test.skip(
    !TEST_DATABASE_URL && REQUIRE_ALL_TESTS !== '1',
    'needs PostgreSQL: set TEST_DATABASE_URL=postgres://…',
  );
}

export interface TestDatabase {
  readonly url: string;
  /** Ends all connections and lets nobody in, as a database that is gone. */
  takeAway(): Promise<void>;
  giveBack(): Promise<void>;
  run(statement: string): Promise<pg.QueryResult>;
  drop(): Promise<void>;
}

/** A database of its own on the server that TEST_DATABASE_URL names. */
export async function createTestDatabase(): Promise<TestDatabase> {
  if (!TEST_DATABASE_URL) throw new Error('All tests are required, and TEST_DATABASE_URL is not set.');
  const name = `longtable_e2e_${randomUUID().replaceAll('-', '')}`;
  const url = new URL(TEST_DATABASE_URL);
  url.pathname = `/${name}`;

  const query = async (connectionString: string, statements: string[]): Promise<pg.QueryResult> => {
    const client = new pg.Client({ connectionString });
    await client.connect();
    try {
      let result = await client.query('select 1');
      for (const statement of statements) result = await client.query(statement);
      return result;
    } finally {
      await client.end();
    }
  };
  const asOwner = (...statements: string[]) => query(TEST_DATABASE_URL, statements);
  const endAll = `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`;

  await asOwner(`create database ${name}`);
  return {
    url: url.href,
    // Superusers pass the ban on connections, so the database also changes its name.
    takeAway: async () => {
      await asOwner(`alter database ${name} allow_connections false`, endAll);
      await asOwner(`alter database ${name} rename to ${name}_away`);
    },
    giveBack: async () => {
      await asOwner(
        `alter database ${name}_away rename to ${name}`,
        `alter database ${name} allow_connections true`,
      );
    },
    run: (statement) => query(url.href, [statement]),
    drop: async () => {
      await asOwner(
        `drop database if exists ${name} with (force)`,
        `drop database if exists ${name}_away with (force)`,
      );
    },
  };
}

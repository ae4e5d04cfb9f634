import knex, { type Knex } from 'knex';
import pg from 'pg';
import { silentKnexLog } from './knex-log.ts';

/** Connections of one node: group commits are few, reads short. */
const DEFAULT_POOL_SIZE = 10;

/**
 * A database that hangs must be known to hang: people then read that their words are not saved yet. The server
 * ends a statement itself at the first limit; the second is for a server that no longer answers at all.
 */
const STATEMENT_TIMEOUT_MS = 10_000;
const ANSWER_TIMEOUT_MS = 15_000;

/** Buffers from bytea (pg's own), numbers from bigint, and YYYY-MM-DD from date: a day has no time zone. */
const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => {
    if (oid === pg.types.builtins.INT8) return Number;
    if (oid === pg.types.builtins.DATE) return String;
    return pg.types.getTypeParser(oid, format as 'text');
  },
};

export function knexOverPostgres(url: string, poolSize = DEFAULT_POOL_SIZE): Knex {
  return knex({
    client: 'pg',
    connection: {
      connectionString: url,
      connectionTimeoutMillis: 5_000,
      keepAlive: true,
      statement_timeout: STATEMENT_TIMEOUT_MS,
      idle_in_transaction_session_timeout: ANSWER_TIMEOUT_MS,
      query_timeout: ANSWER_TIMEOUT_MS,
      types,
    } as Knex.PgConnectionConfig,
    pool: { min: 0, max: poolSize },
    acquireConnectionTimeout: 10_000,
    // Error messages then carry the statement with placeholders, never the values.
    compileSqlOnError: false,
    log: silentKnexLog,
  });
}

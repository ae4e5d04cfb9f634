import { PGlite, type PGliteOptions, type Results } from '@electric-sql/pglite';
import knex, { type Knex } from 'knex';
import ClientPgLite from 'knex-pglite';
import { silentKnexLog } from './knex-log.ts';

const OID_BYTEA = 17;
const OID_INT8 = 20;
const OID_DATE = 1082;

/** The same JavaScript types as from PostgreSQL (see postgres.ts). */
const parsers = {
  [OID_BYTEA]: (text: string) => Buffer.from(text.slice(2), 'hex'),
  [OID_INT8]: (text: string) => Number(text),
  [OID_DATE]: (text: string) => text,
};

/** The default, 128 MB, is resident from the first query on; a small server has better uses for it. */
const START_PARAMETERS = [...PGlite.defaultStartParams, '-c', 'shared_buffers=16MB'];

export function createPglite(options: Pick<PGliteOptions, 'dataDir' | 'loadDataDir'>): Promise<PGlite> {
  return PGlite.create({ ...options, parsers, startParams: START_PARAMETERS });
}

interface KnexQuery {
  sql: string;
  bindings?: unknown[];
  response?: unknown;
  method?: string;
  returning?: unknown;
}

/** What knex calls on its dialects and leaves out of its types. */
interface Dialect {
  processResponse(query: KnexQuery, runner: unknown): unknown;
}
const BaseClient = ClientPgLite as unknown as new (config: Knex.Config) => Dialect;

/** Whom to tell when a database is past help. */
const panicListeners = new WeakMap<PGlite, (reason: string) => void>();

/** A statement without bindings may be several; only `exec` takes those. The last one's result counts, as with pg. */
class PgliteClient extends BaseClient {
  async _query(connection: PGlite, query: KnexQuery): Promise<KnexQuery> {
    try {
      query.response = query.bindings?.length
        ? await connection.query(query.sql, query.bindings)
        : ((await connection.exec(query.sql)).at(-1) ?? { rows: [], fields: [], affectedRows: 0 });
      return query;
    } catch (error) {
      const { severity, message } = error as { severity?: unknown; message?: string };
      if (severity === 'PANIC') panicListeners.get(connection)?.(message ?? '');
      throw error;
    }
  }

  /** knex-pglite names the command after knex's method: its `del` is no command, and the count would be lost. */
  override processResponse(query: KnexQuery, runner: unknown): unknown {
    const isDelete = query.method === 'del' && !query.returning;
    return isDelete ? (query.response as Results).affectedRows : super.processResponse(query, runner);
  }
}

/**
 * One connection: whatever runs inside a transaction must use that transaction, or it waits for itself.
 * @param onPanic PostgreSQL ends itself when it cannot write its log, as on a full disk. Embedded, it answers nothing
 *   any more until it is opened by a new process, which finds everything that was committed.
 */
export function knexOverPglite(pglite: PGlite, onPanic: (reason: string) => void = () => {}): Knex {
  panicListeners.set(pglite, onPanic);
  const connection = { pglite } as unknown as Knex.StaticConnectionConfig;
  return knex({
    client: PgliteClient as unknown as typeof Knex.Client,
    connection: () => connection,
    // Long enough for a busy workshop's queue, short enough to show a query that waits for itself.
    acquireConnectionTimeout: 20_000,
    compileSqlOnError: false,
    log: silentKnexLog,
  });
}

import { existsSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Knex } from 'knex';
import type { Env } from '../env.ts';
import { takeDataLock } from './data-lock.ts';
import { createMigrationSource } from './migration-source.ts';
import { createPglite, knexOverPglite } from './pglite.ts';
import { knexOverPostgres } from './postgres.ts';
import { StartupError } from './startup-error.ts';

export interface Database {
  db: Knex;
  kind: 'pglite' | 'postgres';
  /** Closes all connections; for the embedded database also gives its folder free. */
  close(): Promise<void>;
}

export interface OpenOptions {
  /** Connections to PostgreSQL; the embedded database always has one. */
  poolSize?: number;
  /** Told in whole sentences what takes long. */
  onProgress?: (sentence: string) => void;
  /** Told in whole sentences that the embedded database is past help until a new process opens it. */
  onPanic?: (sentence: string) => void;
}

/** `nulls not distinct` in our indexes needs it. */
const MIN_POSTGRES_VERSION = 150_000;

/** @throws StartupError with one sentence that says what to do */
export function openDatabase(
  env: Pick<Env, 'databaseUrl' | 'dataDir'>,
  options: OpenOptions = {},
): Promise<Database> {
  return env.databaseUrl ? openPostgres(env.databaseUrl, options) : openEmbedded(env.dataDir, options);
}

async function openPostgres(url: string, options: OpenOptions): Promise<Database> {
  const db = knexOverPostgres(url, options.poolSize);
  try {
    const answer = await db.raw('show server_version_num');
    if (Number(answer.rows[0].server_version_num) < MIN_POSTGRES_VERSION) {
      throw new StartupError(
        'The database at DATABASE_URL is older than PostgreSQL 15. Please use version 15 or later.',
      );
    }
  } catch (cause) {
    await db.destroy();
    if (cause instanceof StartupError) throw cause;
    throw new StartupError(
      `The database at DATABASE_URL does not answer (${placeOf(url)}, ${reasonOf(cause)}). ` +
        'Check that PostgreSQL runs there and that user, password and database name are right.',
      { cause },
    );
  }
  return { db, kind: 'postgres', close: () => db.destroy() };
}

async function openEmbedded(
  dataDir: string,
  { onProgress = () => {}, onPanic = () => {} }: OpenOptions,
): Promise<Database> {
  const lock = takeDataLock(dataDir);
  const folder = path.join(dataDir, 'database');
  try {
    if (!existsSync(folder)) await createEmbedded(folder, onProgress);
    const pglite = await createPglite({ dataDir: folder });
    const db = knexOverPglite(pglite, (reason) =>
      onPanic(
        `The embedded database in ${folder} could not write (${reason}). Is the disk full? ` +
          'Make room there and start Longtable again. What people read as saved is saved; the rest is on their devices.',
      ),
    );
    const close = async () => {
      await db.destroy();
      if (!pglite.closed) await pglite.close();
      lock.release();
    };
    return { db, kind: 'pglite', close };
  } catch (cause) {
    lock.release();
    throw new StartupError(
      `The embedded database in ${folder} cannot be opened (${reasonOf(cause)}). ` +
        'Check that this user may write there and that the disk is not full.',
      { cause },
    );
  }
}

/** Made beside its place and moved there when whole: a first start that is cut short leaves nothing half made. */
async function createEmbedded(folder: string, onProgress: (sentence: string) => void): Promise<void> {
  onProgress('Setting up the embedded database, this takes a few seconds …');
  const draft = `${folder}.new`;
  rmSync(draft, { recursive: true, force: true });
  const pglite = await createPglite({ dataDir: draft });
  await pglite.close();
  renameSync(draft, folder);
}

/** Any number; the same in every version, so that two starting nodes wait for each other. */
const MIGRATION_LOCK = 5_417_290_431;

/**
 * Brings the schema up to date in one transaction, knex's own lock row included: a kill in the middle
 * leaves neither half a schema nor a lock that nobody holds.
 */
export async function migrate(db: Knex): Promise<void> {
  await db.transaction(async (trx) => {
    await trx.raw('select pg_advisory_xact_lock(?)', [MIGRATION_LOCK]);
    await trx.migrate.latest({ migrationSource: createMigrationSource() });
  });
}

/** Host and database name; never user or password. */
function placeOf(url: string): string {
  const { hostname, port, pathname } = new URL(url);
  return `${hostname}:${port || '5432'}${pathname}`;
}

function reasonOf(cause: unknown): string {
  const error = cause as { code?: string; message?: string };
  return error.code ?? error.message?.slice(0, 120) ?? 'no reason given';
}

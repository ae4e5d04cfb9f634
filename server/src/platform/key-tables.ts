import { randomBytes } from 'node:crypto';
import type { Knex } from 'knex';
import type { KeyId } from './keyring.ts';
import { KEY_BYTES, MAC_PURPOSES } from './sealing.ts';
import { StartupError } from './startup-error.ts';

/** Any number, unlike that of the migrations: nodes that start together wait for each other. */
const SCHEMA_LOCK = 5_417_290_432;

/**
 * The eager vacuum leaves little of a destroyed key behind: a deleted row stays in its page until then. The log that
 * PostgreSQL writes ahead, and backups, are the admin's to keep short (docs/OPERATIONS.md).
 */
const SCHEMA = `
  create table if not exists longtable_keys (
    id uuid primary key,
    key bytea not null check (octet_length(key) = ${KEY_BYTES})
  ) with (autovacuum_vacuum_threshold = 0, autovacuum_vacuum_scale_factor = 0);
  create table if not exists longtable_secrets (
    purpose text primary key,
    secret bytea not null check (octet_length(secret) = ${KEY_BYTES})
  )`;

interface KeyMaterial {
  keys: { id: KeyId; key: Buffer }[];
  secrets: { purpose: string; secret: Buffer }[];
}

/**
 * Tables and secrets are made once, however many nodes start at the same moment.
 *
 * @param mayBeNew false where sealed words already exist: an empty keys database is then the wrong one
 * @throws StartupError with a sentence for the host admin
 */
export function prepareKeyTables(db: Knex, url: string, mayBeNew: boolean): Promise<Map<string, Buffer>> {
  return explained(url, () =>
    inKeyTables(db, url, async (trx) => {
      const isNew = !(await trx('longtable_secrets').first());
      if (isNew && !mayBeNew) {
        throw new StartupError(
          `The keys database is empty (${placeOf(url)}), but the database holds words that were sealed with other keys. ` +
            'Set KEYS_DATABASE_URL to the one that has them, or restore it from your copy. ' +
            'Keys in a folder are copied there with: npm run longtable -- keys copy',
        );
      }
      for (const purpose of MAC_PURPOSES) {
        await trx('longtable_secrets')
          .insert({ purpose, secret: randomBytes(KEY_BYTES) })
          .onConflict('purpose')
          .ignore();
      }
      const rows = await trx('longtable_secrets').select<{ purpose: string; secret: Buffer }[]>();
      return new Map(rows.map(({ purpose, secret }) => [purpose, secret]));
    }),
  );
}

/**
 * Puts keys and secrets that exist elsewhere into a keys database that is empty, or has just these already.
 *
 * @throws StartupError where it has others
 */
export function insertKeyMaterial(db: Knex, url: string, { keys, secrets }: KeyMaterial): Promise<void> {
  return explained(url, () =>
    inKeyTables(db, url, async (trx) => {
      await trx('longtable_secrets').insert(secrets).onConflict('purpose').ignore();
      const stored = await trx('longtable_secrets').select<KeyMaterial['secrets']>();
      const isSame = secrets.every(({ purpose, secret }) =>
        stored.some((each) => each.purpose === purpose && each.secret.equals(secret)),
      );
      if (!isSame) {
        throw new StartupError(
          `The keys database has keys of another server already (${placeOf(url)}). Make a new, empty database for these.`,
        );
      }
      await trx.batchInsert('longtable_keys', [...keys], 500).catch((error: { code?: string }) => {
        if (error.code !== '23505') throw error;
        throw new StartupError(
          'Some of these keys are in the keys database already. Start from an empty one.',
        );
      });
    }),
  );
}

function inKeyTables<Result>(
  db: Knex,
  url: string,
  work: (trx: Knex.Transaction) => Promise<Result>,
): Promise<Result> {
  return db.transaction(async (trx) => {
    // Whatever the database is set to: a row that is sealed with a key must never outlive it.
    await trx.raw('set local synchronous_commit = on');
    await trx.raw('select pg_advisory_xact_lock(?)', [SCHEMA_LOCK]);
    if (await hasTable(trx, 'partnerships')) {
      throw new StartupError(
        `KEYS_DATABASE_URL leads to the database that holds the words (${placeOf(url)}): whoever copies it would copy the keys too. ` +
          'Make a second database for the keys, best on another server, and set KEYS_DATABASE_URL to that.',
      );
    }
    await trx.raw(SCHEMA);
    return work(trx);
  });
}

async function explained<Result>(url: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof StartupError) throw cause;
    const { code, message } = cause as { code?: string; message?: string };
    throw new StartupError(
      `The keys database at KEYS_DATABASE_URL cannot be used (${placeOf(url)}, ${code ?? message?.slice(0, 120)}). ` +
        'Check that PostgreSQL runs there, that user, password and database name are right, and that this user may create tables.',
      { cause },
    );
  }
}

async function hasTable(db: Knex, name: string): Promise<boolean> {
  const { rows } = (await db.raw('select to_regclass(?) is not null as is_there', [name])) as {
    rows: { is_there: boolean }[];
  };
  return rows[0]!.is_there;
}

/** Host and database name; never user or password. */
const placeOf = (url: string): string => {
  const { hostname, port, pathname } = new URL(url);
  return `${hostname}:${port || '5432'}${pathname}`;
};

import { randomBytes, randomUUID } from 'node:crypto';
import type { Knex } from 'knex';
import type { Logger } from 'pino';
import { prepareKeyTables } from './key-tables.ts';
import { KeyDestroyedError, type KeyId, type Keyring } from './keyring.ts';
import { knexOverPostgres } from './postgres.ts';
import { KEY_BYTES, keyIdOf, macWith, openWith, sealWith } from './sealing.ts';

/** Keys are read once and then kept; making one is rare. */
const POOL_SIZE = 4;

/** A key that another node destroyed is forgotten here at the latest after this long … */
const CHECK_MS = 5_000;

/** … and, where the keys database cannot be asked, every key after this long: nobody reads on without knowing. */
const UNCHECKED_MAX_MS = 30_000;

/** Keys kept in memory; the one that was asked for least lately goes first. */
const MAX_CACHED = 20_000;

interface Cached {
  key: Promise<Buffer>;
  /** The last moment at which the keys database is known to have held it. */
  seenMs: number;
  /** Then its bytes are zeros, and sealing with them would hide nothing. */
  isDestroyed: boolean;
}

export interface DatabaseKeyringOptions {
  /** False where sealed words already exist: an empty keys database is then the wrong one. */
  mayBeNew?: boolean;
  logger: Logger;
  /** How often keys are checked and how long they may go unchecked; for tests. */
  checkMs?: number;
  uncheckedMaxMs?: number;
}

/**
 * Keys in a PostgreSQL database of their own, shared by all nodes. What destroys a key on one node deletes its row;
 * the others forget it within `CHECK_MS`.
 *
 * @throws StartupError where the database cannot be used
 */
export async function openDatabaseKeyring(url: string, options: DatabaseKeyringOptions): Promise<Keyring> {
  const { logger, mayBeNew = true, checkMs = CHECK_MS, uncheckedMaxMs = UNCHECKED_MAX_MS } = options;
  const db = knexOverPostgres(url, POOL_SIZE);
  const secrets = await prepareKeyTables(db, url, mayBeNew).catch(async (error: unknown) => {
    await db.destroy();
    throw error;
  });
  const cache = new Map<KeyId, Cached>();

  const forgetDestroyed = (keyId: KeyId): void => {
    const cached = cache.get(keyId);
    if (!cached) return;
    cache.delete(keyId);
    cached.isDestroyed = true;
    void cached.key.then(
      (key) => key.fill(0),
      () => {},
    );
  };

  const keep = (keyId: KeyId, key: Promise<Buffer>): Cached => {
    const cached = { key, seenMs: performance.now(), isDestroyed: false };
    cache.set(keyId, cached);
    key.catch(() => cache.get(keyId) === cached && cache.delete(keyId));
    for (const oldest of cache.keys()) {
      if (cache.size <= MAX_CACHED) break;
      cache.delete(oldest);
    }
    return cached;
  };

  const isUnchecked = ({ seenMs }: Cached) => performance.now() - seenMs > uncheckedMaxMs;

  /** Runs `use` in the same breath in which the key is known to be one. */
  const withKey = async <Result>(keyId: KeyId, use: (key: Buffer) => Result): Promise<Result> => {
    const known = cache.get(keyId);
    const cached = known && !isUnchecked(known) ? known : keep(keyId, readKey(db, keyId));
    if (cached === known) {
      // Asked for again, so it goes to the end of the row.
      cache.delete(keyId);
      cache.set(keyId, cached);
    }
    const key = await cached.key;
    if (cached.isDestroyed) throw new KeyDestroyedError();
    return use(key);
  };

  const check = async (): Promise<void> => {
    const askedMs = performance.now();
    const asked = [...cache];
    if (asked.length === 0) return;
    try {
      const there = await idsAmong(
        db,
        asked.map(([keyId]) => keyId),
      );
      for (const [keyId, cached] of asked) {
        if (there.has(keyId)) cached.seenMs = Math.max(cached.seenMs, askedMs);
        else if (cache.get(keyId) === cached) forgetDestroyed(keyId);
      }
    } catch (error) {
      logger.warn({ err: error }, 'the keys database does not answer');
      for (const [keyId, cached] of asked)
        if (isUnchecked(cached) && cache.get(keyId) === cached) cache.delete(keyId);
    }
  };
  let checking: Promise<void> = Promise.resolve();
  let isChecking = false;
  const timer = setInterval(() => {
    if (isChecking) return;
    isChecking = true;
    checking = check().finally(() => (isChecking = false));
  }, checkMs);
  timer.unref();

  return {
    createKey: async () => {
      const keyId = randomUUID() as string as KeyId;
      const key = randomBytes(KEY_BYTES);
      await db.transaction(async (trx) => {
        // Whatever the database is set to: a row that is sealed with this key must never outlive it.
        await trx.raw('set local synchronous_commit = on');
        await trx('longtable_keys').insert({ id: keyId, key });
      });
      keep(keyId, Promise.resolve(key));
      return keyId;
    },
    seal: (keyId, context, plaintext) => withKey(keyId, (key) => sealWith(key, keyId, context, plaintext)),
    open: async (context, sealed) => withKey(keyIdOf(sealed), (key) => openWith(key, context, sealed)),
    destroyKey: async (keyId) => {
      await db.transaction(async (trx) => {
        await trx.raw('set local synchronous_commit = on');
        await trx('longtable_keys').where({ id: keyId }).delete();
      });
      forgetDestroyed(keyId);
    },
    mac: (purpose, data) => macWith(secrets.get(purpose)!, data),
    close: async () => {
      clearInterval(timer);
      await checking;
      cache.clear();
      await db.destroy();
    },
  };
}

async function readKey(db: Knex, keyId: KeyId): Promise<Buffer> {
  const row = await db('longtable_keys').where({ id: keyId }).first<{ key: Buffer } | undefined>('key');
  if (!row) throw new KeyDestroyedError();
  return row.key;
}

async function idsAmong(db: Knex, ids: readonly KeyId[]): Promise<ReadonlySet<KeyId>> {
  const { rows } = (await db.raw('select id from longtable_keys where id = any(?::uuid[])', [
    ids,
  ] as never)) as { rows: { id: KeyId }[] };
  return new Set(rows.map(({ id }) => id));
}

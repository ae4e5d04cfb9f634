import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Knex } from 'knex';
import { withTestDatabases } from '../testing/test-databases.ts';
import { waitFor } from '../testing/wait-for.ts';
import { openDatabaseKeyring } from './database-keyring.ts';
import { describeKeyring } from './keyring.contract.ts';
import { KeyDestroyedError } from './keyring.ts';
import { createLogger } from './logger.ts';
import { knexOverPostgres } from './postgres.ts';
import { MAC_PURPOSES } from './sealing.ts';

const logger = createLogger({ level: 'silent' });
const context = { table: 't', column: 'c', row: 'r', audience: 'partnership' };
const words = Buffer.from('kept');

withTestDatabases('the keyring in a database', (databases) => {
  let url: string;
  let admin: Knex;
  beforeAll(async () => {
    url = await databases.create();
    admin = knexOverPostgres(url, 1);
  });
  afterAll(() => admin.destroy());
  const open = (options: { checkMs?: number; uncheckedMaxMs?: number } = {}) =>
    openDatabaseKeyring(url, { logger, ...options });

  describeKeyring('database', () => open());

  it('has the same keys and secrets on every node, also in keys that another made later', async () => {
    const [one, other] = await Promise.all([open(), open()]);
    for (const purpose of MAC_PURPOSES) expect(one.mac(purpose, 'x')).toEqual(other.mac(purpose, 'x'));
    const sealed = await one.seal(await one.createKey(), context, words);
    expect(await other.open(context, sealed)).toEqual(words);
    await Promise.all([one.close(), other.close()]);
  });

  it('makes one set of secrets however many start at once in an empty database', async () => {
    const empty = await databases.create();
    const nodes = await Promise.all(Array.from({ length: 5 }, () => openDatabaseKeyring(empty, { logger })));
    expect(new Set(nodes.map((node) => node.mac('ticket', 'x').toString('hex'))).size).toBe(1);
    await Promise.all(nodes.map((node) => node.close()));
  });

  it('has a key stored before anybody hears of it, and no row of a key that was destroyed', async () => {
    const keyring = await open();
    const keyId = await keyring.createKey();
    const rows = () => admin('longtable_keys').where({ id: keyId });
    expect(await rows()).toHaveLength(1);
    await keyring.destroyKey(keyId);
    expect(await rows()).toEqual([]);
    await keyring.close();
  });

  it('forgets a key that another node destroyed at its next look', async () => {
    const [one, other] = [await open(), await open({ checkMs: 50 })];
    const [gone, kept] = [await one.createKey(), await one.createKey()];
    const sealed = await one.seal(gone, context, words);
    const sealedKept = await one.seal(kept, context, words);
    expect(await other.open(context, sealed)).toEqual(words);
    await one.destroyKey(gone);
    await waitFor(async () => {
      await expect(other.open(context, sealed)).rejects.toThrow(KeyDestroyedError);
      await expect(other.seal(gone, context, words)).rejects.toThrow(KeyDestroyedError);
    }, 1_000);
    expect(await other.open(context, sealedKept)).toEqual(words);
    await Promise.all([one.close(), other.close()]);
  });

  it('never seals with the zeros of a key that is destroyed in the same breath', async () => {
    const keyring = await open();
    for (let round = 0; round < 20; round += 1) {
      const keyId = await keyring.createKey();
      const sealing = Promise.allSettled(
        Array.from({ length: 10 }, () => keyring.seal(keyId, context, words)),
      );
      await keyring.destroyKey(keyId);
      for (const result of await sealing)
        if (result.status === 'rejected') expect(result.reason).toBeInstanceOf(KeyDestroyedError);
    }
    await keyring.close();
  });

  describe('while the keys database does not answer', () => {
    let cut: string;
    beforeEach(async () => {
      cut = await databases.create();
    });

    it('goes on with the keys it knows, and forgets them after a while', async () => {
      const keyring = await openDatabaseKeyring(cut, { logger, checkMs: 50, uncheckedMaxMs: 600 });
      const sealed = await keyring.seal(await keyring.createKey(), context, words);
      const reopen = await databases.interrupt(cut);
      expect(await keyring.open(context, sealed)).toEqual(words);
      const failure = await waitFor(async () => {
        const error = await keyring.open(context, sealed).catch((cause: unknown) => cause);
        expect(error).toBeInstanceOf(Error);
        return error;
      });
      expect(failure).not.toBeInstanceOf(KeyDestroyedError);
      await reopen();
      await waitFor(async () => expect(await keyring.open(context, sealed)).toEqual(words));
      await keyring.close();
    });
  });

  describe('refuses to start', () => {
    it('with an empty keys database where sealed words exist, and makes nothing there', async () => {
      const empty = await databases.create();
      await expect(openDatabaseKeyring(empty, { logger, mayBeNew: false })).rejects.toThrow(
        /^The keys database is empty .*, but the database holds words/,
      );
      const db = knexOverPostgres(empty, 1);
      const { rows } = (await db.raw("select to_regclass('longtable_secrets') as found")) as {
        rows: { found: string | null }[];
      };
      expect(rows[0]!.found).toBeNull();
      await db.destroy();
    });

    it('in the database of the words, whatever name it goes by', async () => {
      const wordsUrl = await databases.create({ isMigrated: true });
      await expect(openDatabaseKeyring(wordsUrl, { logger })).rejects.toThrow(
        /^KEYS_DATABASE_URL leads to the database that holds the words/,
      );
    });

    it('where nothing answers, without repeating a password', async () => {
      const failing = openDatabaseKeyring('postgres://nobody:secret@127.0.0.1:9/none', { logger });
      await expect(failing).rejects.toThrow(/^The keys database at KEYS_DATABASE_URL cannot be used \(127/);
      await expect(failing).rejects.not.toThrow(/secret/);
    });
  });
});

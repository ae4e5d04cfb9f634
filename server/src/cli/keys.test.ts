import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { openDeps } from '../compose.ts';
import { readEnv } from '../env.ts';
import { readPartnership } from '../features/partnerships/partnerships.service.ts';
import { knexOverPostgres } from '../platform/postgres.ts';
import { startPartnership } from '../testing/factories.ts';
import { withTestDatabases } from '../testing/test-databases.ts';
import { examine } from './doctor.ts';
import { copyKeys } from './keys.ts';

jest.setTimeout(60_000);

withTestDatabases('longtable keys', (databases) => {
  let folder: string;
  let settings: Record<string, string>;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'longtable-cli-keys-'));
    settings = {
      KEYS_DIR: path.join(folder, 'keys'),
      DATABASE_URL: await databases.create(),
      PUBLIC_URL: 'https://table.example.org',
    };
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const open = async (more: Record<string, string> = {}) => {
    const { deps, closing } = await openDeps(readEnv({ ...settings, ...more }), () => {});
    return {
      deps,
      close: async () => {
        for (const step of closing) await step.close();
      },
    };
  };
  const wrongs = async (more: Record<string, string>) =>
    (await examine({ ...settings, ...more }))
      .filter(({ verdict }) => verdict === 'wrong')
      .map(({ about, says }) => `${about}: ${says}`);

  it('copies keys from the folder to the database, where the same words open', async () => {
    const before = await open();
    const { id: partnership } = await startPartnership(before.deps);
    await before.close();

    const KEYS_DATABASE_URL = await databases.create();
    await expect(open({ KEYS_DATABASE_URL })).rejects.toThrow(/The keys database is empty .* keys copy/);
    expect(await copyKeys(readEnv({ ...settings, KEYS_DATABASE_URL }))).toBeGreaterThan(0);

    const after = await open({ KEYS_DATABASE_URL, KEYS_DIR: path.join(folder, 'none') });
    expect(await readPartnership(after.deps, partnership)).toBeTruthy();
    expect(after.deps.keyring.mac('code', 'x')).toEqual(before.deps.keyring.mac('code', 'x'));
    await after.close();
    expect(await wrongs({ KEYS_DATABASE_URL })).toEqual([]);
  });

  it('does not mix keys of two servers', async () => {
    const [one, other] = [await open(), await open({ KEYS_DIR: path.join(folder, 'other') })];
    await Promise.all([one.close(), other.close()]);
    const KEYS_DATABASE_URL = await databases.create();
    await copyKeys(readEnv({ ...settings, KEYS_DATABASE_URL }));
    const again = copyKeys(readEnv({ ...settings, KEYS_DIR: path.join(folder, 'other'), KEYS_DATABASE_URL }));
    await expect(again).rejects.toThrow(/has keys of another server already/);
  });

  it('the doctor misses keys and secrets in the database, a database and a Redis that do not answer', async () => {
    const KEYS_DATABASE_URL = await databases.create();
    expect(await wrongs({ KEYS_DATABASE_URL })).toEqual([]);
    const started = await open({ KEYS_DATABASE_URL });
    await startPartnership(started.deps);
    await started.close();
    expect(await wrongs({ KEYS_DATABASE_URL })).toEqual([]);

    const db = knexOverPostgres(KEYS_DATABASE_URL, 1);
    await db('longtable_keys').delete();
    await db('longtable_secrets').where({ purpose: 'code' }).delete();
    await db.destroy();
    expect((await wrongs({ KEYS_DATABASE_URL })).join('\n')).toMatch(
      /missing: code\..*\d+ of the \d+ .* are not in the keys database/s,
    );
    const redis = (await examine({ ...settings, KEYS_DATABASE_URL, REDIS_URL: 'redis://127.0.0.1:9' })).find(
      ({ about }) => about === 'Redis',
    );
    expect(redis).toMatchObject({
      verdict: 'look',
      says: expect.stringMatching(/does not answer.*Nothing is lost/),
    });
    const gone = 'postgres://nobody:secret@127.0.0.1:9/none';
    expect((await wrongs({ KEYS_DATABASE_URL: gone })).join('\n')).toMatch(
      /^Keys: the keys database does not answer/,
    );
    expect((await wrongs({ KEYS_DATABASE_URL: gone })).join('\n')).not.toContain('secret');
  });
});

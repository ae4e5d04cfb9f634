import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { Command } from 'commander';
import { type Env, readEnv } from '../env.ts';
import { insertKeyMaterial } from '../platform/key-tables.ts';
import type { KeyId } from '../platform/keyring.ts';
import { knexOverPostgres } from '../platform/postgres.ts';
import { StartupError } from '../platform/startup-error.ts';
import { orExplain } from '../server.ts';

/** `longtable keys copy`: from a folder to the database that several nodes share. */
export function keysCommand(): Command {
  const keys = new Command('keys').description('look after the keys that words are sealed with');
  keys
    .command('copy')
    .description('copy the keys from KEYS_DIR to an empty KEYS_DATABASE_URL, while the server is stopped')
    .action(() =>
      orExplain(async () => {
        const env = readEnv();
        const count = await copyKeys(env);
        process.stdout.write(
          `Copied ${count} keys. Start the server with KEYS_DATABASE_URL and look whether it reads everything; ` +
            `then remove ${env.keysDir} and its copies, so that a key that is destroyed later is gone.\n`,
        );
      }),
    );
  return keys;
}

/** @throws StartupError */
export async function copyKeys({ keysDir, keysDatabaseUrl }: Pick<Env, 'keysDir' | 'keysDatabaseUrl'>) {
  if (!keysDatabaseUrl)
    throw new StartupError('Set KEYS_DATABASE_URL to the database where the keys are to go.');
  const names = await readdir(keysDir).catch((cause: unknown) => {
    throw new StartupError(
      `The keys folder ${keysDir} cannot be read. Set KEYS_DIR to the one that has the keys.`,
      { cause },
    );
  });
  const read = (ending: string) =>
    Promise.all(
      names
        .filter((name) => name.endsWith(ending))
        .map(async (name) => ({
          id: name.slice(0, -ending.length),
          bytes: await readFile(path.join(keysDir, name)),
        })),
    );
  const secrets = (await read('.secret')).map(({ id, bytes }) => ({ purpose: id, secret: bytes }));
  if (secrets.length === 0) throw new StartupError(`There are no keys in ${keysDir}.`);
  const keys = (await read('.key')).map(({ id, bytes }) => ({ id: id as KeyId, key: bytes }));
  const db = knexOverPostgres(keysDatabaseUrl, 1);
  try {
    await insertKeyMaterial(db, keysDatabaseUrl, { keys, secrets });
  } finally {
    await db.destroy();
  }
  return keys.length;
}

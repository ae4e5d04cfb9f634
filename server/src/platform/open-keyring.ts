import type { Logger } from 'pino';
import type { Env } from '../env.ts';
import { openDatabaseKeyring } from './database-keyring.ts';
import { openFileKeyring } from './file-keyring.ts';
import type { Keyring } from './keyring.ts';

/** @throws StartupError where the keys cannot be reached, or are not those of the words that exist */
export function openKeyring(
  { keysDatabaseUrl, keysDir }: Pick<Env, 'keysDatabaseUrl' | 'keysDir'>,
  { mayBeNew, logger }: { mayBeNew: boolean; logger: Logger },
): Promise<Keyring> {
  return keysDatabaseUrl
    ? openDatabaseKeyring(keysDatabaseUrl, { mayBeNew, logger })
    : openFileKeyring(keysDir, { mayBeNew });
}

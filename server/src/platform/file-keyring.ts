import { randomBytes, randomUUID } from 'node:crypto';
import { chmod, link, open, readFile, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { KeyDestroyedError, type KeyId, type Keyring } from './keyring.ts';
import { makeFolder } from './make-folder.ts';
import { KEY_BYTES, MAC_PURPOSES, keyIdOf, macWith, openWith, sealWith } from './sealing.ts';
import { StartupError } from './startup-error.ts';

const KEY_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/**
 * One file of 32 bytes for each key, `<id>.key`, and one for each purpose of `mac`, `<purpose>.secret`;
 * 0600 in a folder of 0700. A file is synced, and then its folder, before anybody hears of it.
 *
 * @param mayBeNew false where sealed words already exist: an empty folder is then the wrong one
 * @throws StartupError where the folder cannot be used
 */
export async function openFileKeyring(folder: string, { mayBeNew = true } = {}): Promise<Keyring> {
  const secrets = new Map<string, Buffer>();
  try {
    makeFolder(folder);
    if (((await stat(folder)).mode & 0o077) !== 0) await chmod(folder, 0o700);
    if (!mayBeNew && !(await readdir(folder)).some((file) => file.endsWith('.secret'))) {
      throw new StartupError(
        `The keys folder ${folder} is empty, but the database holds words that were sealed with other keys. ` +
          'Put the keys back there, or set KEYS_DIR to the folder that has them.',
      );
    }
    for (const purpose of MAC_PURPOSES) secrets.set(purpose, await readOrMakeSecret(folder, purpose));
  } catch (cause) {
    if (cause instanceof StartupError) throw cause;
    throw new StartupError(
      `The keys folder ${folder} cannot be used (${(cause as NodeJS.ErrnoException).code ?? 'unknown error'}). ` +
        'Give this user the right to read and write there, or set KEYS_DIR to another folder.',
      { cause },
    );
  }

  // A promise each, so that many readers at once read a key's file once.
  const cache = new Map<KeyId, Promise<Buffer>>();
  const fileOf = (keyId: KeyId) => {
    if (!KEY_ID.test(keyId)) throw new Error('not a key id');
    return path.join(folder, `${keyId}.key`);
  };
  const keyOf = (keyId: KeyId): Promise<Buffer> => {
    const cached = cache.get(keyId);
    if (cached) return cached;
    const reading = readKey(fileOf(keyId));
    cache.set(keyId, reading);
    reading.catch(() => cache.get(keyId) === reading && cache.delete(keyId));
    return reading;
  };

  return {
    createKey: async () => {
      const keyId = randomUUID() as string as KeyId;
      const key = randomBytes(KEY_BYTES);
      await writeDurably(folder, `${keyId}.key`, key);
      cache.set(keyId, Promise.resolve(key));
      return keyId;
    },
    seal: async (keyId, context, plaintext) => sealWith(await keyOf(keyId), keyId, context, plaintext),
    open: async (context, sealed) => openWith(await keyOf(keyIdOf(sealed)), context, sealed),
    destroyKey: async (keyId) => {
      const file = fileOf(keyId);
      const held = cache.get(keyId);
      // From here on it is destroyed for whoever asks: nobody may seal with zeros, or with what the file is overwritten by.
      const gone = Promise.reject<Buffer>(new KeyDestroyedError());
      gone.catch(() => {});
      cache.set(keyId, gone);
      // Who asked before has it first, since they have waited longer.
      const key = await held?.catch(() => undefined);
      await overwriteAndRemove(folder, file);
      key?.fill(0);
      if (cache.get(keyId) === gone) cache.delete(keyId);
    },
    mac: (purpose, data) => macWith(secrets.get(purpose)!, data),
    close: async () => cache.clear(),
  };
}

async function readKey(file: string): Promise<Buffer> {
  let key: Buffer;
  try {
    key = await readFile(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw new KeyDestroyedError();
    throw error;
  }
  if (key.length !== KEY_BYTES) throw new Error('a key file has the wrong length');
  return key;
}

async function readOrMakeSecret(folder: string, purpose: string): Promise<Buffer> {
  const file = path.join(folder, `${purpose}.secret`);
  try {
    await writeDurably(folder, `${purpose}.secret`, randomBytes(KEY_BYTES));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  }
  const secret = await readFile(file);
  if (secret.length !== KEY_BYTES)
    throw new StartupError(`The file ${file} is damaged. Restore it from your copy of the keys.`);
  return secret;
}

/** Linking, unlike renaming, never replaces a file: two starters end up with one secret. */
async function writeDurably(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const file = path.join(folder, name);
  if (name.endsWith('.secret') && (await exists(file)))
    throw Object.assign(new Error('exists'), { code: 'EEXIST' });
  const draft = path.join(folder, `.${randomUUID()}.new`);
  try {
    const handle = await open(draft, 'wx', 0o600);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await link(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
  await syncFolder(folder);
}

const exists = (file: string): Promise<boolean> =>
  stat(file).then(
    () => true,
    () => false,
  );

async function overwriteAndRemove(folder: string, file: string): Promise<void> {
  try {
    const handle = await open(file, 'r+');
    try {
      await handle.write(randomBytes(KEY_BYTES), 0, KEY_BYTES, 0);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rm(file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  await syncFolder(folder);
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

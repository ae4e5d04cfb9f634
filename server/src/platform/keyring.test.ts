import { afterAll, describe, expect, it } from '@jest/globals';
import { chmodSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { openFileKeyring } from './file-keyring.ts';
import { describeKeyring } from './keyring.contract.ts';
import { KeyDestroyedError } from './keyring.ts';
import { createMemoryKeyring } from './memory-keyring.ts';
import { MAC_PURPOSES, openWith } from './sealing.ts';

const root = mkdtempSync(path.join(tmpdir(), 'longtable-keys-'));
afterAll(() => rmSync(root, { recursive: true }));
const newFolder = () => mkdtempSync(path.join(root, 'k'));

describeKeyring('memory', async () => createMemoryKeyring());
describeKeyring('files', () => openFileKeyring(path.join(newFolder(), 'keys')));

describe('the keyring of files', () => {
  const context = { table: 't', column: 'c', row: 'r', audience: 'partnership' };
  const words = Buffer.from('kept');

  it('has the same keys and secrets when it is opened again', async () => {
    const folder = newFolder();
    const first = await openFileKeyring(folder);
    const sealed = await first.seal(await first.createKey(), context, words);
    const mac = first.mac('ticket', 'x');
    await first.close();
    const second = await openFileKeyring(folder);
    expect(await second.open(context, sealed)).toEqual(words);
    expect(second.mac('ticket', 'x')).toEqual(mac);
  });

  it('two that start at once end up with one secret', async () => {
    const folder = newFolder();
    const [one, other] = await Promise.all([openFileKeyring(folder), openFileKeyring(folder)]);
    expect(one.mac('code', 'x')).toEqual(other.mac('code', 'x'));
  });

  it('keeps a destroyed key destroyed, in memory and on disk', async () => {
    const folder = newFolder();
    const keyring = await openFileKeyring(folder);
    const keyId = await keyring.createKey();
    const sealed = await keyring.seal(keyId, context, words);
    const key = readFileSync(path.join(folder, `${keyId}.key`));
    await keyring.destroyKey(keyId);
    const reopened = await openFileKeyring(folder);
    await expect(reopened.open(context, sealed)).rejects.toThrow(KeyDestroyedError);
    for (const file of readdirSync(folder))
      expect(readFileSync(path.join(folder, file)).includes(key)).toBe(false);
  });

  it('seals nothing with the remains of a key that is being destroyed', async () => {
    const folder = newFolder();
    const keyring = await openFileKeyring(folder);
    const keyId = await keyring.createKey();
    const key = readFileSync(path.join(folder, `${keyId}.key`));
    let isOver = false;
    const destroying = keyring.destroyKey(keyId).finally(() => (isOver = true));
    const tries: Promise<Buffer | Error>[] = [];
    while (!isOver) {
      for (let i = 0; i < 20; i += 1) {
        tries.push(keyring.seal(keyId, context, words).catch((error: Error) => error));
        await Promise.resolve();
      }
      await new Promise((resolve) => setImmediate(resolve));
    }
    await destroying;
    for (const result of await Promise.all(tries)) {
      if (result instanceof Error) expect(result).toBeInstanceOf(KeyDestroyedError);
      else expect(openWith(key, context, result)).toEqual(words);
    }
  });

  it('lets nobody else on the machine read', async () => {
    const folder = newFolder();
    chmodSync(folder, 0o755);
    const keyring = await openFileKeyring(folder);
    await keyring.createKey();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const file of readdirSync(folder))
      expect(statSync(path.join(folder, file)).mode & 0o777).toBe(0o600);
  });

  it('leaves no drafts behind', async () => {
    const folder = newFolder();
    const keyring = await openFileKeyring(folder);
    const keyId = await keyring.createKey();
    expect(readdirSync(folder).sort()).toEqual(
      [`${keyId}.key`, ...MAC_PURPOSES.map((purpose) => `${purpose}.secret`)].sort(),
    );
  });

  it('is no way to read other files', async () => {
    const keyring = await openFileKeyring(newFolder());
    await expect(keyring.seal('../code' as never, context, words)).rejects.toThrow('not a key id');
  });

  it('refuses an empty folder where sealed words exist, and makes nothing there', async () => {
    const folder = newFolder();
    await expect(openFileKeyring(folder, { mayBeNew: false })).rejects.toThrow(
      /^The keys folder .* is empty, but the database holds words/,
    );
    expect(readdirSync(folder)).toEqual([]);
  });

  it('says what is wrong with the folder in a sentence', async () => {
    const folder = path.join(fileURLToPath(import.meta.url), 'keys');
    await expect(openFileKeyring(folder)).rejects.toThrow(
      `The keys folder ${folder} cannot be used (ENOTDIR). Give this user the right to read and write there`,
    );
    const damaged = newFolder();
    writeFileSync(path.join(damaged, 'code.secret'), 'short');
    await expect(openFileKeyring(damaged)).rejects.toThrow(/code\.secret is damaged/);
  });
});

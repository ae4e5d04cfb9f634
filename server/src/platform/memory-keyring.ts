import { randomBytes, randomUUID } from 'node:crypto';
import { KeyDestroyedError, type KeyId, type Keyring } from './keyring.ts';
import { KEY_BYTES, MAC_PURPOSES, keyIdOf, macWith, openWith, sealWith } from './sealing.ts';

/** Forgets everything at the end of the process: for tests. */
export function createMemoryKeyring(): Keyring {
  const keys = new Map<KeyId, Buffer>();
  const secrets = new Map(MAC_PURPOSES.map((purpose) => [purpose, randomBytes(KEY_BYTES)]));
  const keyOf = (keyId: KeyId): Buffer => {
    const key = keys.get(keyId);
    if (!key) throw new KeyDestroyedError();
    return key;
  };
  return {
    createKey: async () => {
      const keyId = randomUUID() as string as KeyId;
      keys.set(keyId, randomBytes(KEY_BYTES));
      return keyId;
    },
    seal: async (keyId, context, plaintext) => sealWith(keyOf(keyId), keyId, context, plaintext),
    open: async (context, sealed) => openWith(keyOf(keyIdOf(sealed)), context, sealed),
    destroyKey: async (keyId) => {
      keys.get(keyId)?.fill(0);
      keys.delete(keyId);
    },
    mac: (purpose, data) => macWith(secrets.get(purpose)!, data),
    close: async () => {},
  };
}

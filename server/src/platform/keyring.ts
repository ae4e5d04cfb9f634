/**
 * Keys live apart from the data they protect, so that copying the data copies no key and destroying a
 * key destroys every copy of what it sealed, backups included.
 */

export type KeyId = string & { readonly __brand: 'KeyId' };

/**
 * Binds a ciphertext to its place: opened with any other context it fails, so a row's bytes cannot be
 * moved to another row, column or audience by whoever can write to the database alone.
 */
export interface SealContext {
  table: string;
  column: string;
  /** The row's id; for log rows `<room>/<seq>`. */
  row: string;
  /** `partnership`, `circle:<id>` or `seat:<id>`. */
  audience: string;
}

export interface Keyring {
  /** Makes a new 256-bit key. It is durable (file and folder synced) before this resolves. */
  createKey(): Promise<KeyId>;
  /** AES-256-GCM. Layout: 1 byte version (1) · 16 bytes key id · 12 bytes random nonce · 16 bytes tag · ciphertext. */
  seal(keyId: KeyId, context: SealContext, plaintext: Uint8Array): Promise<Buffer>;
  /** @throws KeyDestroyedError where the key is gone; Error where bytes or context were altered. */
  open(context: SealContext, sealed: Uint8Array): Promise<Buffer>;
  /** Makes everything sealed with the key unreadable for good. Idempotent. */
  destroyKey(keyId: KeyId): Promise<void>;
  /** HMAC-SHA-256 under a secret of its own for each purpose: codes, session tokens, tickets, PINs, ways back. */
  mac(purpose: 'code' | 'session' | 'ticket' | 'pin' | 'return', data: string | Uint8Array): Buffer;
  close(): Promise<void>;
}

/** Whether a key is nowhere to be found. @throws where the keys cannot be asked */
export async function isKeyGone(keyring: Pick<Keyring, 'seal'>, keyId: KeyId): Promise<boolean> {
  const nowhere = { table: '', column: '', row: '', audience: '' };
  try {
    await keyring.seal(keyId, nowhere, new Uint8Array());
    return false;
  } catch (error) {
    if (error instanceof KeyDestroyedError) return true;
    throw error;
  }
}

export class KeyDestroyedError extends Error {
  constructor() {
    super('the key that sealed this has been destroyed');
    this.name = 'KeyDestroyedError';
  }
}

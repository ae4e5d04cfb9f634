import { createHash, randomBytes, randomUUID } from 'node:crypto';
import { canonicalBytes } from '@longtable/shared/documents/canonical-bytes';
import type { CanonicalSection } from '@longtable/shared/documents/canonical';
import type { RoundId } from '@longtable/shared/ids';
import type { KeyId, Keyring, SealContext } from '../../platform/keyring.ts';
import type { VersionRow } from './rounds.repository.ts';

/** So that whoever has the hash alone cannot try out what short texts it might be of. */
const SALT_BYTES = 32;

const contextOf = (id: string, column: 'content' | 'salt'): SealContext => ({
  table: 'round_versions',
  column,
  row: id,
  audience: 'partnership',
});

export const hashOf = (salt: Uint8Array, bytes: Uint8Array): Buffer =>
  createHash('sha256').update(salt).update(bytes).digest();

/** Fixes what a section says under a key of its own, which must already be durable. */
export async function makeVersion(
  keyring: Keyring,
  keyId: KeyId,
  place: { round_id: RoundId; section: string; number: number; made_on: string },
  content: CanonicalSection,
): Promise<VersionRow> {
  const id = randomUUID();
  const bytes = canonicalBytes(content);
  const salt = randomBytes(SALT_BYTES);
  return {
    id,
    ...place,
    key_id: keyId,
    content_sealed: await keyring.seal(keyId, contextOf(id, 'content'), bytes),
    salt_sealed: await keyring.seal(keyId, contextOf(id, 'salt'), salt),
    hash: hashOf(salt, bytes),
  };
}

export interface OpenedVersion {
  bytes: Buffer;
  salt: Buffer;
  hash: Buffer;
}

/** @throws Error where bytes, salt and hash do not belong together */
export async function openVersion(keyring: Keyring, row: VersionRow): Promise<OpenedVersion> {
  const bytes = await keyring.open(contextOf(row.id, 'content'), row.content_sealed);
  const salt = await keyring.open(contextOf(row.id, 'salt'), row.salt_sealed);
  const hash = Buffer.from(row.hash);
  if (!hashOf(salt, bytes).equals(hash)) throw new Error(`version ${row.id} is not what was hashed`);
  return { bytes, salt, hash };
}

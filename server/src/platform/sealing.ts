import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import type { KeyId, SealContext } from './keyring.ts';

/** The envelope that every keyring writes; its layout is in keyring.ts. */
const VERSION = 1;
const KEY_ID_BYTES = 16;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const HEADER_BYTES = 1 + KEY_ID_BYTES + NONCE_BYTES + TAG_BYTES;

export const KEY_BYTES = 32;
export const MAC_PURPOSES = ['code', 'session', 'ticket', 'pin', 'return'] as const;
export type MacPurpose = (typeof MAC_PURPOSES)[number];

/** Length before each part, so that no two contexts give the same bytes. Version and key id are bound too. */
function boundTo(header: Uint8Array, context: SealContext): Buffer {
  const parts = [context.table, context.column, context.row, context.audience].map((part) =>
    Buffer.from(part),
  );
  return Buffer.concat([
    header,
    ...parts.flatMap((part) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(part.length);
      return [length, part];
    }),
  ]);
}

export function sealWith(key: Uint8Array, keyId: KeyId, context: SealContext, plaintext: Uint8Array): Buffer {
  const head = Buffer.concat([Buffer.of(VERSION), Buffer.from(keyId.replaceAll('-', ''), 'hex')]);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(boundTo(head, context));
  const body = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  return Buffer.concat([head, nonce, cipher.getAuthTag(), body]);
}

/** @throws Error where these are no sealed bytes */
export function keyIdOf(sealed: Uint8Array): KeyId {
  if (sealed.length < HEADER_BYTES || sealed[0] !== VERSION)
    throw new Error('these bytes were not sealed by this keyring');
  const hex = Buffer.from(sealed.subarray(1, 1 + KEY_ID_BYTES)).toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') as KeyId;
}

/** @throws Error where bytes or context were altered */
export function openWith(key: Uint8Array, context: SealContext, sealed: Uint8Array): Buffer {
  const nonceAt = 1 + KEY_ID_BYTES;
  const tagAt = nonceAt + NONCE_BYTES;
  const decipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(nonceAt, tagAt), {
    authTagLength: TAG_BYTES,
  })
    .setAAD(boundTo(sealed.subarray(0, nonceAt), context))
    .setAuthTag(sealed.subarray(tagAt, HEADER_BYTES));
  return Buffer.concat([decipher.update(sealed.subarray(HEADER_BYTES)), decipher.final()]);
}

export const macWith = (secret: Uint8Array, data: string | Uint8Array): Buffer =>
  createHmac('sha256', secret).update(data).digest();

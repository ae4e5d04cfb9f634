import { randomBytes } from 'node:crypto';
import type { Keyring } from '../../platform/keyring.ts';

/** Crockford's base 32: no letter that is read as a figure. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 8;

/** Eight characters, 40 random bits. */
export function newCode(): string {
  return [...randomBytes(LENGTH)].map((byte) => ALPHABET[byte % ALPHABET.length]).join('');
}

/** As it is printed: two groups of four. */
export const showCode = (code: string): string => `${code.slice(0, LENGTH / 2)}-${code.slice(LENGTH / 2)}`;

/** As a person typed it: case, spaces and dashes do not matter, nor do letters that look like figures. Null where it cannot be a code. */
export function readCode(typed: string): string | null {
  const code = typed
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return code.length === LENGTH && [...code].every((letter) => ALPHABET.includes(letter)) ? code : null;
}

export const hashCode = (keyring: Keyring, code: string): Buffer => keyring.mac('code', code);

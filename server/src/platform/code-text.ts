import { randomInt } from 'node:crypto';

/** Crockford's base 32: no letter that is read as a figure. Five random bits each. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export const newCodeText = (length: number): string =>
  Array.from({ length }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');

/** As it is printed: in groups of four. */
export const showCodeText = (code: string): string => (code.match(/.{1,4}/g) ?? []).join('-');

/** As a person typed it: case, spaces and dashes do not matter, nor do letters that look like figures. Null where it cannot be a code. */
export function readCodeText(typed: string, length: number): string | null {
  const code = typed
    .toUpperCase()
    .replace(/[\s\p{Pd}]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return code.length === length && [...code].every((letter) => ALPHABET.includes(letter)) ? code : null;
}

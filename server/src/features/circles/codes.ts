import { newCodeText, readCodeText, showCodeText } from '../../platform/code-text.ts';
import type { Keyring } from '../../platform/keyring.ts';

/** Eight characters, 40 random bits: they live for days, and wrong ones are counted. */
const LENGTH = 8;

export const newCode = (): string => newCodeText(LENGTH);

/** As it is printed: two groups of four. */
export const showCode = showCodeText;

/** Null where what was typed cannot be a code. */
export const readCode = (typed: string): string | null => readCodeText(typed, LENGTH);

export const hashCode = (keyring: Keyring, code: string): Buffer => keyring.mac('code', code);

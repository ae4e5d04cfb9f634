import { randomInt } from 'node:crypto';
import { phraseWords, readPhrase, WORDS_IN_PHRASE } from '@longtable/shared/phrases/phrases';
import type { Locale } from '@longtable/shared/protocol/http/people';
import { newCodeText, readCodeText } from '../../platform/code-text.ts';
import type { Keyring } from '../../platform/keyring.ts';
import { slowHash } from '../../platform/slow-hash.ts';

/** Twelve characters, 60 random bits: a card lies in a drawer for as long as its seat lasts. */
const CARD_LENGTH = 12;

export const newCard = (): string => newCodeText(CARD_LENGTH);

export function newPhrase(locale: Locale): string {
  const words = phraseWords[locale];
  return Array.from({ length: WORDS_IN_PHRASE }, () => words[randomInt(words.length)]).join(' ');
}

/**
 * What is stored, and looked up, for a card's code or for words as somebody typed them; null where they can be
 * neither. Words are fewer bits than a card, so whoever has the data and the keys must pay for each guess. One salt
 * for all: they are found by this hash alone, without asking who it is.
 */
export async function hashWayBack(keyring: Keyring, typed: string): Promise<Buffer | null> {
  const card = readCodeText(typed, CARD_LENGTH);
  if (card !== null) return keyring.mac('return', `card ${card}`);
  const phrase = readPhrase(typed);
  if (phrase === null) return null;
  const salt = keyring.mac('return', 'salt').subarray(0, 16);
  return slowHash('words', phrase, salt, keyring.mac('return', 'secret'));
}

import type { Locale } from '../protocol/http/people.ts';
import { arabicWords } from './ar.ts';
import { englishWords } from './en.ts';

/**
 * Words that a person keeps in mind to come back. Each list has 512: common things that a child can spell, nothing
 * that frightens, no two that read alike once normalised. Nine bits a word.
 */
export const phraseWords: Record<Locale, readonly string[]> = { en: englishWords, ar: arabicWords };

/**
 * 45 bits. With a thousand such phrases alive and the server's limit on wrong ones, finding any one of them by
 * trying takes some thirty years on average; four words would make that three weeks.
 */
export const WORDS_IN_PHRASE = 5;

/** Spellings of one word that people mean alike: case, vowel signs, forms of alef, ya, ta marbuta and hamza. */
export const normaliseWord = (word: string): string =>
  word
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u064b-\u065f\u0670\u0640]/g, '')
    .replace(/[أإآٱ]/g, 'ا')
    .replaceAll('ة', 'ه')
    .replace(/[ىئ]/g, 'ي')
    .replaceAll('ؤ', 'و');

const known = new Set(Object.values(phraseWords).flatMap((words) => words.map(normaliseWord)));

/** As a person typed it, with whatever stands between the words. Null where it cannot be a phrase of ours. */
export function readPhrase(typed: string): string | null {
  const words = normaliseWord(typed)
    .split(/[^\p{L}]+/u)
    .filter(Boolean);
  return words.length === WORDS_IN_PHRASE && words.every((word) => known.has(word)) ? words.join(' ') : null;
}

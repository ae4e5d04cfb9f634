import { describe, expect, it } from '@jest/globals';
import { loadMessages } from '@longtable/shared/locales/messages';
import { Locale } from '@longtable/shared/protocol/http/people';
import { isTellingName } from './telling-name.ts';

const textsOf = async (locale: Locale) => {
  const messages = await loadMessages(locale);
  return { words: messages['naming.tellingWords']!, names: messages['naming.names']!.split('|') };
};

describe('advice on a circle’s name', () => {
  it.each([
    ['en', 'Survivors of the harbour'],
    ['en', 'our SHELTER'],
    ['en', 'Hope Foundation'],
    ['en', 'the safe-house group'],
    ['ar', 'الناجيات'],
    ['ar', 'جمعية الأمل'],
  ] as const)('is given where it may tell who they are (%s: %s)', async (locale, name) => {
    expect(isTellingName(name, (await textsOf(locale)).words)).toBe(true);
  });

  it.each([
    ['en', 'Mango'],
    ['en', ''],
    ['en', 'Hilltop'],
    ['ar', 'البحر'],
  ] as const)('is not given otherwise (%s: %s)', async (locale, name) => {
    expect(isTellingName(name, (await textsOf(locale)).words)).toBe(false);
  });

  it.each(Locale.options)('never speaks against our own examples (%s)', async (locale) => {
    const { names, words } = await textsOf(locale);
    expect(names.length).toBeGreaterThan(3);
    expect(names.filter((name) => isTellingName(name, words))).toEqual([]);
  });
});

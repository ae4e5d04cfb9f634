import { describe, expect, it } from '@jest/globals';
import { parse, TYPE, type MessageFormatElement } from '@formatjs/icu-messageformat-parser';
import { readdirSync, readFileSync } from 'node:fs';
import { Locale } from '../protocol/http/people.ts';
import { loadMessages } from './messages.ts';

const areasOf = (locale: Locale) => readdirSync(new URL(`./${locale}/`, import.meta.url)).sort();
const readArea = (locale: Locale, area: string): Record<string, string> =>
  JSON.parse(readFileSync(new URL(`./${locale}/${area}`, import.meta.url), 'utf8'));
const others = Locale.options.filter((locale) => locale !== 'en');

/** `name:kind` of every argument and tag, at any depth. Plural branches may differ between languages; arguments may not. */
function argumentsOf(elements: MessageFormatElement[]): Set<string> {
  const found = new Set<string>();
  for (const element of elements) {
    if (element.type === TYPE.literal || element.type === TYPE.pound) continue;
    found.add(`${element.value}:${TYPE[element.type]}`);
    const inner =
      element.type === TYPE.tag
        ? [element.children]
        : element.type === TYPE.plural || element.type === TYPE.select
          ? Object.values(element.options).map((option) => option.value)
          : [];
    for (const nested of inner.flatMap((part) => [...argumentsOf(part)])) found.add(nested);
  }
  return found;
}

/** An argument shown bare in one language may be a number or a plural in another; what counts is its name. */
const argumentNames = (message: string, locale: Locale) =>
  [
    ...new Set(
      [...argumentsOf(parse(message, { locale: new Intl.Locale(locale) }))].map(
        (found) => found.split(':')[0],
      ),
    ),
  ].sort();

describe.each(areasOf('en'))('the texts in %s', (area) => {
  const english = readArea('en', area);

  it.each(others)('exist in %s under exactly the same ids', (locale) => {
    expect(Object.keys(readArea(locale, area)).sort()).toEqual(Object.keys(english).sort());
  });

  it.each(Locale.options)('are ICU messages, say something, and never shout (%s)', (locale) => {
    for (const [id, message] of Object.entries(readArea(locale, area))) {
      expect({ id, isBlank: message.trim() === '' }).toEqual({ id, isBlank: false });
      expect({ id, shouts: /[!！]/.test(message) }).toEqual({ id, shouts: false });
      expect(() => parse(message)).not.toThrow();
    }
  });

  it.each(others)('take the same arguments in %s', (locale) => {
    const translated = readArea(locale, area);
    for (const [id, message] of Object.entries(english)) {
      expect({ id, takes: argumentNames(translated[id] ?? '', locale) }).toEqual({
        id,
        takes: argumentNames(message, 'en'),
      });
    }
  });
});

describe('loadMessages', () => {
  it.each(Locale.options)('merges every area of %s, and no area overwrites another', async (locale) => {
    const areas = areasOf(locale).map((area) => readArea(locale, area));
    const merged = await loadMessages(locale);
    expect(Object.keys(merged)).toHaveLength(areas.reduce((sum, area) => sum + Object.keys(area).length, 0));
    expect(merged).toEqual(Object.assign({}, ...areas));
  });
});

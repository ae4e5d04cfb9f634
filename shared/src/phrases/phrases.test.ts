import { describe, expect, it } from '@jest/globals';
import { Locale } from '../protocol/http/people.ts';
import { normaliseWord, phraseWords, readPhrase, WORDS_IN_PHRASE } from './phrases.ts';

describe.each(Locale.options)('the words to come back with (%s)', (locale) => {
  const words = phraseWords[locale];

  it('are 512, so that a phrase has between 40 and 50 random bits', () => {
    expect(words).toHaveLength(512);
    const bits = WORDS_IN_PHRASE * Math.log2(words.length);
    expect(bits).toBeGreaterThanOrEqual(40);
    expect(bits).toBeLessThanOrEqual(50);
  });

  it('stay 512 however they are spelled: no two are one word once normalised', () => {
    expect(new Set(words.map(normaliseWord)).size).toBe(words.length);
  });

  it('are one word each, short enough to type on a phone', () => {
    for (const word of words) expect(word).toMatch(/^\p{L}{2,9}$/u);
  });

  it('are read back as they were given', () => {
    const phrase = words.slice(100, 100 + WORDS_IN_PHRASE);
    expect(readPhrase(phrase.join(' '))).toBe(phrase.map(normaliseWord).join(' '));
  });
});

describe('a phrase', () => {
  const [english, arabic] = ['kettle river goat lamp tulip', 'إبريق شجرة قمر زيتونة أزرق'];

  it.each([
    ['Kettle River Goat Lamp Tulip', english],
    ['  kettle-river, goat\nlamp.tulip ', english],
    ['1. kettle 2. river 3. goat 4. lamp 5. tulip', english],
    ['ابريق شجره قمر زيتونه ازرق', arabic],
    ['إِبْرِيق، شَجَرَة، قَمَر، زَيْتُونَة، أَزْرَق', arabic],
    ['ابـــريق شجرة قمر زيتونة أزرق', arabic],
  ])('%j is read as it was meant', (typed, meant) => {
    expect(readPhrase(typed)).toBe(readPhrase(meant));
    expect(readPhrase(typed)).not.toBeNull();
  });

  it.each([
    '',
    'kettle river goat lamp',
    'kettle river goat lamp tulip moon',
    'kettle river goat lamp dragonfruit',
  ])('%j is none', (typed) => expect(readPhrase(typed)).toBeNull());
});

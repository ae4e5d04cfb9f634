/**
 * Whether a name that everyone will read may tell who sits in the circle. Advice only: a list of words cannot know,
 * and a circle may want to be known by such a name. `words` is the language's own list of beginnings of words, with
 * bars between.
 */
export function isTellingName(name: string, words: string): boolean {
  const said = spoken(name);
  return words.split('|').some((word) => said.includes(spoken(word)));
}

/** Small letters without accents and vowel marks, each word after one space, Arabic ones without their article. */
const spoken = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== '')
    .map((word) => ` ${word.replace(/^ال/, '')}`)
    .join('');

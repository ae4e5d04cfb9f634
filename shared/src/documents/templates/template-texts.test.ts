import { describe, expect, it } from '@jest/globals';
import { loadMessages } from '../../locales/messages.ts';
import { Locale } from '../../protocol/http/people.ts';
import { DocumentKind, TemplateKey } from '../template.ts';
import {
  columnLabelId,
  documentTitleId,
  fieldLabelId,
  optionLabelId,
  sectionPromptId,
  sectionTitleId,
} from '../texts.ts';
import { templateFor } from './templates.ts';

const sections = DocumentKind.options.flatMap((kind) =>
  templateFor(kind).sections.map((section) => ({ kind, section })),
);
const groups = [...new Set(sections.flatMap(({ section }) => section.heard))];

/** Every message that showing the templates can ask for. */
const idsAsked = [
  ...DocumentKind.options.flatMap((kind) => [documentTitleId(kind), `document.${kind}.about`]),
  ...TemplateKey.options.flatMap((key) => [`template.${key}.name`, `template.${key}.description`]),
  ...sections.flatMap(({ kind, section }) => [
    sectionTitleId(kind, section.key),
    sectionPromptId(kind, section.key),
    ...section.fields.flatMap((field) => [
      fieldLabelId(kind, section.key, field.key),
      ...(field.kind === 'text' ? [] : field.columns).flatMap((column) => [
        columnLabelId(kind, section.key, field.key, column.key),
        ...('options' in column ? column.options.map(optionLabelId) : []),
      ]),
    ]),
  ]),
];

describe('the texts of the templates', () => {
  it.each(Locale.options)('are all there in %s', async (locale) => {
    const messages = await loadMessages(locale);
    expect(idsAsked.filter((id) => messages[id] === undefined)).toEqual([]);
  });

  it('include a name for every group whose view a prompt needs', async () => {
    const messages = await loadMessages('en');
    expect(['group.all', ...groups.map((group) => `group.${group}`)].filter((id) => !messages[id])).toEqual(
      [],
    );
  });

  it('leave no text behind for a field or an option that is gone', async () => {
    const messages = await loadMessages('en');
    const ours = Object.keys(messages).filter((id) => /^(document|option|template)\./.test(id));
    expect(ours.filter((id) => !idsAsked.includes(id))).toEqual([]);
  });

  it('can be read at about age 11 in English (Flesch–Kincaid grade, median of longer sentences, at most 7)', async () => {
    const messages = await loadMessages('en');
    const grades = [...new Set(idsAsked)]
      .flatMap((id) => (messages[id] ?? '').split(/[.?:;]/))
      .map(wordsOf)
      .filter((words) => words.length >= 6)
      .map(gradeOfSentence)
      .sort((a, b) => a - b);
    expect(grades.length).toBeGreaterThan(20);
    expect(grades[Math.floor(grades.length / 2)]).toBeLessThanOrEqual(7);
  });
});

const wordsOf = (sentence: string) => sentence.match(/[a-z']+/gi) ?? [];

/** Flesch–Kincaid: 0.39 × words per sentence + 11.8 × syllables per word − 15.59 (Kincaid et al., 1975). */
function gradeOfSentence(words: string[]): number {
  const syllables = words.reduce((sum, word) => sum + syllablesOf(word), 0);
  return 0.39 * words.length + (11.8 * syllables) / words.length - 15.59;
}

/** Groups of vowels, a silent final e left out. Rough, which a median forgives. */
function syllablesOf(word: string): number {
  const vowels = word
    .toLowerCase()
    .replace(/e$/, '')
    .match(/[aeiouy]+/g);
  return Math.max(1, vowels?.length ?? 1);
}

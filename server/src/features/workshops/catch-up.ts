import type { CanonicalSection } from '@longtable/shared/documents/canonical';
import { plainText } from '@longtable/shared/documents/model/read-section';
import type { DocumentKind } from '@longtable/shared/documents/template';
import { sectionOf } from '@longtable/shared/documents/templates/templates';
import { type CatchUpLine, MAX_CATCH_UP_LINES, type Place } from '@longtable/shared/protocol/http/here';

/** A section as a latecomer is told of it. */
export interface ToldSection extends Place {
  document: DocumentKind;
  /** Whether it lies on the table at first. */
  isFirst: boolean;
  isAgreed: boolean;
  isInRound: boolean;
  /** The words agreed to, else those that stand there now. */
  content: CanonicalSection;
}

/** Two lines on a phone, or one breath of somebody who reads aloud. */
const MAX_SENTENCE_CHARACTERS = 160;

/** Sections that are called by name before the rest is a number. */
const MAX_NAMED = 3;

/** What tells most about an evening, first. Then what circles are asked about, then the order of the table. */
const TELLS_MOST = [
  'definition/in-short',
  'plan/what-will-be-different',
  'plan/what-we-will-do',
  'definition/what-happens',
  'definition/why',
];

/** At most five lines: what is agreed, the weightiest sentences, what is being written, where the room is. */
export function catchUpLines(sections: readonly ToldSection[], here: Place): CatchUpLine[] {
  const told = sections.map((section) => ({ ...section, text: firstSentence(section) }));
  const written = told.filter(({ isAgreed, text }) => isAgreed || text !== '');
  const agreed = written.filter(({ isAgreed }) => isAgreed);
  const drafted = written.filter(({ isAgreed }) => !isAgreed);
  const total = told.filter(({ isFirst, text, isAgreed }) => isFirst || isAgreed || text !== '').length;

  const before: CatchUpLine[] =
    written.length === 0 ? [{ line: 'nothing' }] : [{ line: 'agreed', count: agreed.length, total }];
  const after: CatchUpLine[] = [];
  if (drafted.length > 0) {
    after.push({ line: 'drafted', count: drafted.length, sections: drafted.slice(0, MAX_NAMED).map(named) });
  }
  const room = sections.find(
    ({ documentId, section }) => documentId === here.documentId && section === here.section,
  );
  if (room) after.push({ line: 'here', ...named(room), isInRound: room.isInRound });

  const words = [...byWeight(agreed), ...byWeight(drafted)]
    .filter(({ text }) => text !== '')
    .slice(0, MAX_CATCH_UP_LINES - before.length - after.length)
    .map((section) => ({
      line: 'words' as const,
      ...named(section),
      isAgreed: section.isAgreed,
      text: section.text,
    }));
  return [
    ...before,
    ...words.filter(({ isAgreed }) => isAgreed),
    ...after.slice(0, -1),
    ...words.filter(({ isAgreed }) => !isAgreed),
    ...after.slice(-1),
  ];
}

const named = ({ documentId, section, document }: ToldSection) => ({ documentId, section, document });

function byWeight<Told extends ToldSection>(sections: readonly Told[]): Told[] {
  const weight = ({ document, section }: ToldSection) => {
    const at = TELLS_MOST.indexOf(`${document}/${section}`);
    return at === -1 ? TELLS_MOST.length + (sectionOf(document, section).isStarred ? 0 : 1) : at;
  };
  return [...sections].sort((a, b) => weight(a) - weight(b));
}

/** Of the running text without its headings, else of the first field with words in it; empty where there are none. */
export function firstSentence({ document, content }: Pick<ToldSection, 'document' | 'content'>): string {
  const blocks = content.blocks.filter(({ kind }) => kind !== 'heading');
  const text = plainText({ ...content, blocks }).trim() || firstFieldText(document, content);
  const paragraph = text.split('\n').find((line) => line.trim() !== '') ?? '';
  return shortened(sentenceOf(paragraph.trim()));
}

/** The rules for where a sentence ends are one set for every language we write, "؟" as well as "?". */
const sentences = new Intl.Segmenter('en', { granularity: 'sentence' });

const sentenceOf = (text: string): string => [...sentences.segment(text)][0]?.segment.trim() ?? '';

function firstFieldText(document: DocumentKind, content: CanonicalSection): string {
  const template = sectionOf(document, content.section);
  for (const field of content.fields) {
    if (field.kind === 'text') return field.text;
    const shape = template.fields.find(({ key }) => key === field.key);
    // Choices are keys, which only a screen can put into words.
    const columns = shape?.kind === 'rows' ? shape.columns.filter(({ kind }) => kind === 'text') : [];
    for (const row of field.rows) {
      const cell = columns.map(({ key }) => row[key]).find((value) => typeof value === 'string');
      if (typeof cell === 'string' && cell.trim() !== '') return cell;
    }
  }
  return '';
}

/** Ends between two words, and says that it goes on. */
function shortened(sentence: string): string {
  const characters = [...sentence];
  if (characters.length <= MAX_SENTENCE_CHARACTERS) return sentence;
  const start = characters.slice(0, MAX_SENTENCE_CHARACTERS - 1).join('');
  const end = start.lastIndexOf(' ');
  return `${end > 0 ? start.slice(0, end) : start}…`;
}

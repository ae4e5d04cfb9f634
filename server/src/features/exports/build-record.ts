import type { CircleRecord, SectionAgreement } from '../rounds/record.service.ts';
import { plain } from './build-sections.ts';
import { type CircleName, dissentOf } from './build-standing.ts';
import type {
  ExportChapter,
  ExportField,
  ExportLine,
  ExportPassage,
  ExportSection,
} from './export-document.ts';
import type { ExportWords } from './export-words.ts';

/**
 * The agreement record: for each section that circles agree to, who, by which rule, since which day, and what
 * proves the words. Circles stand in the order of the table, never in that of their answers.
 */
export function buildRecord(
  entries: readonly { section: ExportSection; agreement: SectionAgreement }[],
  words: ExportWords,
  nameOf: CircleName,
): ExportChapter {
  return {
    key: 'record',
    title: words.text('exports.record'),
    lines: ['about', 'covers', 'check'].map((id) => words.say(`exports.record.${id}`)),
    passages: entries.map(({ section, agreement }): ExportPassage => ({
      ...plain(`${section.number}. ${section.title}`),
      lines: [inOneLine(section.state, section.stateMore)],
      fields: [circlesTable(agreement.circles, words, nameOf)],
      dissent: dissentOf(agreement.dissent, words, nameOf),
      // It proves words that stand in this file as agreed; those that nobody agrees to any more do not.
      closing:
        agreement.standing === 'none'
          ? []
          : [
              words.say('exports.record.fingerprint', { hash: agreement.hash }),
              ...(agreement.hasGaps ? [words.say('exports.record.gaps')] : []),
            ],
    })),
  };
}

const inOneLine = (first: ExportLine, second: ExportLine | null): ExportLine =>
  second ? { ...first, runs: [...first.runs, { text: ' ' }, ...second.runs] } : first;

function circlesTable(circles: readonly CircleRecord[], words: ExportWords, nameOf: CircleName): ExportField {
  const column = (id: string) => words.text(`exports.record.${id}`);
  return {
    kind: 'rows',
    label: null,
    columns: [column('circle'), column('answer'), column('rule')],
    shares: null,
    rows: circles.map((circle) => [
      words.line([{ text: nameOf(circle.circleId) }]),
      words.join([answerOf(circle, words)]),
      words.join(circle.answer === 'agrees' ? [column(`rule.${circle.rule ?? 'inside'}`)] : []),
    ]),
  };
}

function answerOf({ answer, on }: CircleRecord, words: ExportWords): string {
  const day = on === null ? null : words.day(on);
  if (answer === 'agrees')
    return day === null
      ? words.text('exports.record.agrees')
      : words.text('exports.record.agreesSince', { day });
  if (answer === 'notAsked') return words.text('exports.record.notAsked');
  return answer === 'withdrew' && day !== null
    ? words.text('exports.record.withdrew', { day })
    : words.text('exports.record.waiting');
}

import type { Run } from '@longtable/shared/documents/canonical';
import type { Locale } from '@longtable/shared/protocol/http/people';
import { IntlMessageFormat } from 'intl-messageformat';
import { type Direction, directionOf } from './direction.ts';
import type { ExportLine } from './export-document.ts';

/** How an export speaks: our own texts, days and lists in one language, and people's words made fit for a file. */
export interface ExportWords {
  locale: Locale;
  direction: Direction;
  /** A message by its id; the id itself, or what is given, where there is none. */
  text(id: string, values?: Readonly<Record<string, string | number>>, otherwise?: string): string;
  /** A line of ours. */
  say(id: string, values?: Readonly<Record<string, string | number>>): ExportLine;
  /** A line of ours in some sentences. */
  join(sentences: readonly string[]): ExportLine;
  /** A line of theirs. */
  line(runs: readonly Run[]): ExportLine;
  day(date: string): string;
  list(items: readonly string[]): string;
  /** Between chosen options. */
  comma: string;
}

export function exportWords(messages: Readonly<Record<string, string>>, locale: Locale): ExportWords {
  const direction: Direction = locale === 'ar' ? 'rtl' : 'ltr';
  // Dates, numbers of sections and page numbers stand side by side: one kind of digits for all.
  const format = locale === 'ar' ? 'ar-u-nu-latn' : 'en-GB';
  const text: ExportWords['text'] = (id, values, otherwise = id) => {
    const message = messages[id];
    return message === undefined ? otherwise : String(new IntlMessageFormat(message, format).format(values));
  };
  const join = (sentences: readonly string[]): ExportLine => ({
    direction,
    runs: [{ text: sentences.join(' ') }],
  });
  return {
    locale,
    direction,
    text,
    say: (id, values) => join([text(id, values)]),
    join,
    line(runs) {
      const kept = runs.map(keepRun).filter((run) => run.text !== '');
      return { runs: kept, direction: directionOf(kept.map((run) => run.text).join(''), direction) };
    },
    day: (date) => formatDay(date, format),
    list: (items) => new Intl.ListFormat(format, { type: 'conjunction' }).format(items),
    comma: locale === 'ar' ? '، ' : ', ',
  };
}

/** No format can carry half a character or U+0000: both would make a file that will not open. */
export const keepText = (text: string) => text.replace(/\p{Surrogate}|\0/gu, '\uFFFD');

/** What opens or closes a stretch of direction. One within a name would reach beyond it, into the sentence around. */
const DIRECTION_MARKS = /[\u202A-\u202E\u2066-\u2069]/g;

/** A name for a sentence of ours, which may run the other way: it keeps its own direction and leaves ours alone. */
export const isolate = (name: string) => `\u2068${name.replace(DIRECTION_MARKS, '')}\u2069`;

function keepRun(run: Run): Run {
  const kept: Run = { ...run, text: keepText(run.text) };
  if (kept.href !== undefined && !isSafeHref(kept.href)) delete kept.href;
  return kept;
}

/** A file is opened far from our content security policy, so only addresses that a reader can judge stay links. */
const isSafeHref = (href: string) => /^(?:https?:\/\/|mailto:)[^\s\p{Cc}\p{Surrogate}]+$/iu.test(href);

function formatDay(date: string, format: string): string {
  const day = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(day.getTime()) || !day.toISOString().startsWith(date)) return date;
  return new Intl.DateTimeFormat(format, { dateStyle: 'long', timeZone: 'UTC' }).format(day);
}

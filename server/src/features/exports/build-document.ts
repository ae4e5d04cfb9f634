import { hasTasks } from '@longtable/shared/documents/tasks';
import type { DocumentKind } from '@longtable/shared/documents/template';
import { templateFor } from '@longtable/shared/documents/templates/templates';
import { documentTitleId } from '@longtable/shared/documents/texts';
import type { CircleId } from '@longtable/shared/ids';
import type { CircleSummary } from '@longtable/shared/protocol/http/partnerships';
import type { ExportPart } from '@longtable/shared/protocol/http/documents';
import type { Locale } from '@longtable/shared/protocol/http/people';
import type { SectionRecord } from '../rounds/record.service.ts';
import type { QuotedCircle } from './build-blocks.ts';
import { buildRecord } from './build-record.ts';
import { buildSection } from './build-sections.ts';
import { type CircleName, summaryOf } from './build-standing.ts';
import { buildTasks } from './build-tasks.ts';
import type { ExportChapter, ExportDocument } from './export-document.ts';
import { exportWords, isolate, keepText } from './export-words.ts';

export interface ExportInput {
  kind: DocumentKind;
  part: ExportPart;
  title: string;
  /** What circles are called outside. */
  circles: readonly (Pick<CircleSummary, 'id' | 'number' | 'name'> &
    Partial<Pick<CircleSummary, 'labels'>>)[];
  records: readonly SectionRecord[];
  /** Whose shared words quotes are taken from. */
  quoted?: ReadonlyMap<string, CircleId>;
}

export function buildExportDocument(
  { kind, part, title, circles, records, quoted }: ExportInput,
  messages: Readonly<Record<string, string>>,
  locale: Locale,
): ExportDocument {
  const words = exportWords(messages, locale);
  const nameOf: CircleName = (id) => {
    const circle = circles.find((each) => each.id === id);
    const name = circle?.name ?? words.text('circle.numbered', { number: circle?.number ?? 0 });
    const labels = (circle?.labels ?? []).map((label) => words.text(`label.${label}`)).join(' · ');
    return isolate(keepText(labels ? words.text('label.named', { name, labels }) : name));
  };
  const quotedCircle: QuotedCircle = (cites) => {
    const circle = quoted?.get(cites);
    return circle === undefined ? null : nameOf(circle);
  };
  const bySection = new Map(records.map((record) => [record.content.section, record]));
  const known = templateFor(kind).sections.flatMap((section) => {
    const record = bySection.get(section.key);
    return record
      ? [{ record, section: buildSection(kind, section, record, words, nameOf, quotedCircle) }]
      : [];
  });

  const isWhole = part === 'document';
  const chapters: ExportChapter[] = [];
  if (hasTasks(kind)) {
    const tasks = buildTasks(kind, bySection, words, nameOf);
    if (!isWhole || tasks.passages.length > 0) chapters.push(tasks);
  }
  const agreed = known.flatMap(({ section, record: { agreement } }) =>
    agreement ? [{ section, agreement }] : [],
  );
  if (isWhole && agreed.length > 0) chapters.push(buildRecord(agreed, words, nameOf));

  return {
    locale,
    direction: words.direction,
    kind,
    title: keepText(title),
    kindTitle: words.text(documentTitleId(kind)),
    labels: {
      standing: words.text('exports.standing'),
      section: words.text('exports.column.section'),
      state: words.text('exports.column.state'),
      page: words.text('exports.column.page'),
      atTheEnd: words.text('exports.atTheEnd'),
      nothingWritten: words.text('exports.nothingWritten'),
      missingLetters: words.text('exports.missingLetters'),
    },
    summary: isWhole
      ? summaryOf(
          known.map(({ record }) => record),
          words,
        )
      : [],
    sections: isWhole ? known.map(({ section }) => section) : [],
    chapters,
  };
}

import type { CanonicalField, CanonicalSection } from '@longtable/shared/documents/canonical';
import { type TaskSource, taskSourcesOf } from '@longtable/shared/documents/tasks';
import type { DocumentKind } from '@longtable/shared/documents/template';
import { sectionOf } from '@longtable/shared/documents/templates/templates';
import { sectionTitleId } from '@longtable/shared/documents/texts';
import type { SectionRecord } from '../rounds/record.service.ts';
import { buildRows } from './build-fields.ts';
import { plain } from './build-sections.ts';
import { type CircleName, stateOf } from './build-standing.ts';
import type { ExportChapter, ExportField, ExportLine, ExportPassage } from './export-document.ts';
import type { ExportWords } from './export-words.ts';

type Row = Extract<CanonicalField, { kind: 'rows' }>['rows'][number];
type Group = 'agreed' | 'waiting' | 'open';

/** Who does what by when: what is agreed first, and apart from it what is not. */
export function buildTasks(
  kind: DocumentKind,
  records: ReadonlyMap<string, SectionRecord>,
  words: ExportWords,
  nameOf: CircleName,
): ExportChapter {
  const fields: Record<Group, ExportField[]> = { agreed: [], waiting: [], open: [] };
  const stands: Record<Group, Map<string, ExportLine>> = {
    agreed: new Map(),
    waiting: new Map(),
    open: new Map(),
  };
  for (const source of taskSourcesOf(kind)) {
    const record = records.get(source.section);
    if (!record) continue;
    const add = (group: Group, rows: readonly Row[], isLifted = false) => {
      if (rows.length === 0) return;
      const table = buildTable(kind, source, rows, words);
      const label = isLifted ? words.text('exports.tasks.lifted', { field: table.label ?? '' }) : table.label;
      fields[group].push({ ...table, label });
      if (group !== 'open')
        stands[group].set(source.section, standingOf(kind, source, record, words, nameOf));
    };
    const now = rowsOf(record.content, source);
    const lifted = record.lifted.flatMap((field) => (isOf(field, source) ? field.rows : []));
    const { agreement } = record;
    if (agreement && agreement.standing !== 'none') {
      const agreed = rowsOf(agreement.content, source);
      add(agreement.standing, agreed);
      const known = new Set(agreed.map(sameness));
      add(
        'open',
        now.filter((row) => !known.has(sameness(row))),
      );
    } else add('open', now);
    add('open', lifted, true);
  }
  const passage = (group: Group): ExportPassage[] =>
    fields[group].length === 0
      ? []
      : [
          {
            ...plain(words.text(`exports.tasks.${group}`)),
            lines: group === 'open' ? [words.say('exports.tasks.open.about')] : [...stands[group].values()],
            fields: fields[group],
          },
        ];
  const passages = [...passage('agreed'), ...passage('waiting'), ...passage('open')];
  return {
    key: 'tasks',
    title: words.text('exports.tasks'),
    lines: passages.length === 0 ? [words.say('exports.tasks.nothing')] : [],
    passages,
  };
}

/** As wide as two of the other columns, so that a plan of a few lines fits on its page. */
const WHAT_SHARE = 2;

function buildTable(kind: DocumentKind, source: TaskSource, rows: readonly Row[], words: ExportWords) {
  const section = sectionOf(kind, source.section);
  const known = section.fields.find(({ key }) => key === source.field)!;
  const columns =
    known.kind === 'rows' ? known.columns.filter(({ key }) => source.columns.includes(key)) : [];
  const field = { key: source.field, kind: 'rows' as const, rows: inOrderOfDays(rows, source.by) };
  const table = buildRows(kind, section, known, field, columns, words);
  return { ...table, shares: columns.map(({ key }) => (key === source.what ? WHAT_SHARE : 1)) };
}

const standingOf = (
  kind: DocumentKind,
  { section }: TaskSource,
  record: SectionRecord,
  words: ExportWords,
  nameOf: CircleName,
): ExportLine => {
  const state = stateOf(record, words, nameOf)
    .runs.map(({ text }) => text)
    .join('');
  return words.say('exports.tasks.stands', { section: words.text(sectionTitleId(kind, section)), state });
};

const isOf = (
  field: CanonicalField,
  source: TaskSource,
): field is Extract<CanonicalField, { kind: 'rows' }> => field.key === source.field && field.kind === 'rows';

const rowsOf = ({ fields }: CanonicalSection, source: TaskSource): Row[] =>
  fields.flatMap((field) => (isOf(field, source) ? field.rows : []));

/** Rows have no identity of their own in canonical content: two that say the same are the same. */
const sameness = (row: Row): string =>
  JSON.stringify(Object.entries(row).sort(([one], [other]) => (one < other ? -1 : 1)));

const inOrderOfDays = (rows: readonly Row[], by: string | null): Row[] => {
  if (by === null) return [...rows];
  const dayOf = (row: Row) => (typeof row[by] === 'string' ? row[by] : '9999');
  return [...rows].sort((one, other) => (dayOf(one) < dayOf(other) ? -1 : dayOf(one) > dayOf(other) ? 1 : 0));
};

import type { CanonicalCell, CanonicalField } from '@longtable/shared/documents/canonical';
import type { Column, DocumentKind, Section } from '@longtable/shared/documents/template';
import { columnLabelId, fieldLabelId, optionLabelId } from '@longtable/shared/documents/texts';
import type { ExportField } from './export-document.ts';
import type { ExportWords } from './export-words.ts';

export function buildFields(
  kind: DocumentKind,
  section: Section,
  fields: readonly CanonicalField[],
  words: ExportWords,
): ExportField[] {
  return fields.flatMap((field): ExportField[] => {
    const known = section.fields.find((candidate) => candidate.key === field.key);
    // A circle's own field never enters the joint room; if one ever did, this is the last door.
    if (known?.audience !== 'partnership') return [];
    if (field.kind === 'rows')
      return known.kind === 'rows' ? [buildRows(kind, section, known, field, known.columns, words)] : [];
    if (known.kind !== 'text') return [];
    const label = words.text(fieldLabelId(kind, section.key, field.key));
    return [{ kind: 'text', label, line: words.line([{ text: field.text }]) }];
  });
}

/** A table of some of a field's columns. */
export function buildRows(
  kind: DocumentKind,
  section: Section,
  known: Section['fields'][number],
  { rows }: Extract<CanonicalField, { kind: 'rows' }>,
  columns: readonly Column[],
  words: ExportWords,
): Extract<ExportField, { kind: 'rows' }> {
  return {
    kind: 'rows',
    label: words.text(fieldLabelId(kind, section.key, known.key)),
    columns: columns.map((column) => words.text(columnLabelId(kind, section.key, known.key, column.key))),
    shares: null,
    rows: rows.map((row) =>
      columns.map((column) => words.line([{ text: cellText(row[column.key], column, words) }])),
    ),
  };
}

function cellText(cell: CanonicalCell | undefined, column: Column, words: ExportWords): string {
  const option = (key: string) => words.text(optionLabelId(key), {}, key);
  if (cell === undefined) return '';
  if (Array.isArray(cell)) return cell.map(option).join(words.comma);
  if (column.kind === 'choice') return option(cell);
  return column.kind === 'date' ? words.day(cell) : cell;
}

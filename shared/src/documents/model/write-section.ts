import * as Y from 'yjs';
import type { CanonicalCell, CanonicalField, CanonicalSection } from '../canonical.ts';
import { type Audience, fieldsFor } from '../rooms.ts';
import type { Section } from '../template.ts';
import { appendBlocks } from './blocks.ts';
import { textField } from './keys.ts';
import { addRow, readRows, type RowsField, setCell } from './rows.ts';

/** Writes content into an empty document; `readSection` gives it back. What is no field of this audience is left out. */
export function writeSection(
  doc: Y.Doc,
  section: Section,
  audience: Audience['kind'],
  { blocks, fields }: Pick<CanonicalSection, 'blocks' | 'fields'>,
): void {
  doc.transact(() => {
    appendBlocks(doc, blocks);
    for (const field of fieldsFor(section, audience)) {
      const content = fields.find(({ key }) => key === field.key);
      if (field.kind === 'text' && content?.kind === 'text')
        textField(doc, field.key).insert(0, content.text);
      if (field.kind === 'rows' && content?.kind === 'rows') writeRows(doc, field, content);
    }
  });
}

/** Adds rows with something in them at the end of a table. */
export function writeRows(
  doc: Y.Doc,
  field: RowsField,
  { rows }: Extract<CanonicalField, { kind: 'rows' }>,
): void {
  for (const cells of rows) {
    const row = addRow(doc, field);
    for (const [column, value] of Object.entries(cells)) writeCell(doc, field, row, column, value);
  }
}

/** Puts other words, or another choice, into one cell. */
export function writeCell(
  doc: Y.Doc,
  field: RowsField,
  rowId: string,
  column: string,
  value: CanonicalCell,
): void {
  const cell = readRows(doc, field).find(({ id }) => id === rowId)?.cells[column];
  if (!(cell instanceof Y.Text)) return setCell(doc, field.key, rowId, column, value);
  doc.transact(() => {
    cell.delete(0, cell.length);
    cell.insert(0, String(value));
  });
}

import * as Y from 'yjs';
import type { CanonicalBlock, CanonicalCell, CanonicalField, CanonicalSection, Run } from '../canonical.ts';
import { type Audience, fieldsFor } from '../rooms.ts';
import type { Section } from '../template.ts';
import { BLOCK_NODE, textField, textFragment } from './keys.ts';
import { addRow, readRows, type RowsField, setCell } from './rows.ts';

/** Writes content into an empty document; `readSection` gives it back. What is no field of this audience is left out. */
export function writeSection(
  doc: Y.Doc,
  section: Section,
  audience: Audience['kind'],
  { blocks, fields }: Pick<CanonicalSection, 'blocks' | 'fields'>,
): void {
  doc.transact(() => {
    textFragment(doc).push(blocks.map(toBlock));
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

function toBlock({ kind, level, indent, runs }: CanonicalBlock): Y.XmlElement {
  const block = new Y.XmlElement<{ kind: string; level: number; indent: number }>(BLOCK_NODE);
  block.setAttribute('kind', kind);
  if (level !== undefined) block.setAttribute('level', level);
  if (indent !== undefined) block.setAttribute('indent', indent);
  const text = new Y.XmlText();
  text.applyDelta(runs.map((run) => ({ insert: run.text, attributes: marksOf(run) })));
  block.insert(0, [text]);
  return block as Y.XmlElement;
}

const marksOf = ({ bold, italic, href }: Run) => ({
  ...(bold && { bold: {} }),
  ...(italic && { italic: {} }),
  ...(href !== undefined && { link: { href } }),
});

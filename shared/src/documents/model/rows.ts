import { uuidv4 } from 'lib0/random';
import * as Y from 'yjs';
import type { Field } from '../template.ts';
import { ROW_ID, ROW_LIFTED, ROW_REMOVED, rowsField } from './keys.ts';

export type RowsField = Extract<Field, { kind: 'rows' }>;

/** A row as the screen needs it: free texts stay live Y.Texts, the rest are plain values; blanks are absent. */
export interface Row {
  id: string;
  /** Set aside as disputed: kept and shown as open, and no part of what circles consent to. */
  isLifted: boolean;
  cells: Record<string, Y.Text | string | string[]>;
}

/** Adds an empty row at the end, with every text it will ever need, and returns its id. */
export function addRow(doc: Y.Doc, field: RowsField): string {
  const id = uuidv4();
  doc.transact(() => {
    const row = new Y.Map<unknown>();
    row.set(ROW_ID, id);
    for (const column of field.columns) if (column.kind === 'text') row.set(column.key, new Y.Text());
    rowsField(doc, field.key).push([row]);
  });
  return id;
}

/** Hides a row. What others are typing in it stays, and comes back with `restoreRow`. */
export function removeRow(doc: Y.Doc, fieldKey: string, rowId: string): void {
  findRow(doc, fieldKey, rowId)?.set(ROW_REMOVED, true);
}

export function restoreRow(doc: Y.Doc, fieldKey: string, rowId: string): void {
  findRow(doc, fieldKey, rowId)?.set(ROW_REMOVED, false);
}

/** Sets a disputed row aside, so that the rest can be agreed; or puts it back. */
export function liftRow(doc: Y.Doc, fieldKey: string, rowId: string): void {
  findRow(doc, fieldKey, rowId)?.set(ROW_LIFTED, true);
}

export function putBackRow(doc: Y.Doc, fieldKey: string, rowId: string): void {
  findRow(doc, fieldKey, rowId)?.set(ROW_LIFTED, false);
}

/** Sets a choice, choices or date; null blanks it. Free texts are edited through their Y.Text. */
export function setCell(
  doc: Y.Doc,
  fieldKey: string,
  rowId: string,
  column: string,
  value: string | string[] | null,
): void {
  findRow(doc, fieldKey, rowId)?.set(column, value);
}

/** The rows that are on the table, in the order in which they were added. */
export function readRows(doc: Y.Doc, field: RowsField): Row[] {
  return rowsField(doc, field.key)
    .toArray()
    .filter((row) => row.get(ROW_REMOVED) !== true)
    .map((row) => ({
      id: String(row.get(ROW_ID)),
      isLifted: row.get(ROW_LIFTED) === true,
      cells: readCells(row, field),
    }));
}

function readCells(row: Y.Map<unknown>, field: RowsField): Row['cells'] {
  const cells: Row['cells'] = {};
  for (const column of field.columns) {
    const value = row.get(column.key);
    if (value instanceof Y.Text || typeof value === 'string') cells[column.key] = value;
    else if (Array.isArray(value)) cells[column.key] = value.filter((item) => typeof item === 'string');
  }
  return cells;
}

function findRow(doc: Y.Doc, fieldKey: string, rowId: string): Y.Map<unknown> | undefined {
  return rowsField(doc, fieldKey)
    .toArray()
    .find((row) => row.get(ROW_ID) === rowId);
}

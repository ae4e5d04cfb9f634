import * as Y from 'yjs';
import type {
  BlockKind,
  CanonicalBlock,
  CanonicalCell,
  CanonicalField,
  CanonicalSection,
  Run,
} from '../canonical.ts';
import { type Audience, fieldsFor } from '../rooms.ts';
import type { Field, Section } from '../template.ts';
import { BLOCK_KINDS, BLOCK_NODE, textField, textFragment } from './keys.ts';
import { readRows, type RowsField } from './rows.ts';

/** Reads a room's document into canonical content v1. Blank fields, cells, trailing blank blocks and lifted rows are left out. */
export function readSection(doc: Y.Doc, section: Section, audience: Audience['kind']): CanonicalSection {
  return {
    v: 1,
    section: section.key,
    blocks: readBlocks(doc),
    fields: fieldsFor(section, audience).flatMap((field) => readField(doc, field) ?? []),
  };
}

/** The rows that were lifted out of the section's content, as its fields hold them: still open, never agreed. */
export function readLifted(doc: Y.Doc, section: Section, audience: Audience['kind']): CanonicalField[] {
  return fieldsFor(section, audience).flatMap((field) =>
    field.kind === 'rows' ? (readRowsField(doc, field, true) ?? []) : [],
  );
}

/** The section's running text without marks, one line a block. */
export function plainText(section: CanonicalSection): string {
  return section.blocks.map((block) => block.runs.map((run) => run.text).join('')).join('\n');
}

function readBlocks(doc: Y.Doc): CanonicalBlock[] {
  const blocks = textFragment(doc)
    .toArray()
    .filter((node): node is Y.XmlElement => node instanceof Y.XmlElement && node.nodeName === BLOCK_NODE)
    .map(readBlock);
  while (isBlank(blocks.at(-1))) blocks.pop();
  return blocks;
}

/** Says nothing. An emptied quote of shared words does: something stood here and was taken back. */
const isBlank = (block: CanonicalBlock | undefined): boolean =>
  block !== undefined && block.runs.length === 0 && block.cites === undefined;

function readBlock(node: Y.XmlElement): CanonicalBlock {
  const attributes = node.getAttributes() as Record<string, unknown>;
  const kind = BLOCK_KINDS.find((known) => known === attributes['kind']) ?? 'paragraph';
  return {
    kind,
    ...depth(kind, attributes),
    ...source(kind, attributes),
    runs: node.toArray().flatMap(readRuns),
  };
}

function depth(kind: BlockKind, attributes: Record<string, unknown>): { level?: number; indent?: number } {
  const { level, indent } = attributes;
  return {
    ...(kind === 'heading' ? { level: typeof level === 'number' ? level : 1 } : {}),
    ...(typeof indent === 'number' && indent > 0 ? { indent } : {}),
  };
}

/** Absent rather than blank: the bytes of content without quotes stay what they were. */
function source(kind: BlockKind, { cites }: Record<string, unknown>): { cites?: string } {
  return kind === 'quote' && typeof cites === 'string' ? { cites } : {};
}

function readRuns(node: unknown): Run[] {
  if (!(node instanceof Y.XmlText)) return [];
  const runs: Run[] = [];
  for (const { insert, attributes } of node.toDelta() as { insert: unknown; attributes?: Marks }[]) {
    if (typeof insert !== 'string') continue;
    const run: Run = { text: insert.normalize('NFC') };
    if (attributes?.bold) run.bold = true;
    if (attributes?.italic) run.italic = true;
    if (attributes?.link) run.href = attributes.link.href;
    const last = runs.at(-1);
    if (last && last.bold === run.bold && last.italic === run.italic && last.href === run.href)
      last.text += run.text;
    else runs.push(run);
  }
  return runs;
}

interface Marks {
  bold?: unknown;
  italic?: unknown;
  link?: { href: string };
}

function readField(doc: Y.Doc, field: Field): CanonicalField | undefined {
  if (field.kind === 'text') {
    const text = textField(doc, field.key).toString().normalize('NFC');
    return text === '' ? undefined : { key: field.key, kind: 'text', text };
  }
  return readRowsField(doc, field, false);
}

function readRowsField(doc: Y.Doc, field: RowsField, isLifted: boolean): CanonicalField | undefined {
  const rows = readRows(doc, field)
    .filter((row) => row.isLifted === isLifted)
    .map((row) => readCells(row.cells, field))
    .filter((cells) => Object.keys(cells).length > 0);
  return rows.length === 0 ? undefined : { key: field.key, kind: 'rows', rows };
}

function readCells(cells: Record<string, Y.Text | string | string[]>, field: RowsField) {
  const canonical: Record<string, CanonicalCell> = {};
  for (const column of field.columns) {
    const cell = cells[column.key];
    if (cell === undefined) continue;
    if (Array.isArray(cell)) {
      const options = column.kind === 'choices' ? column.options : [];
      const chosen = options.filter((option) => cell.includes(option));
      if (chosen.length > 0) canonical[column.key] = chosen;
    } else {
      const text = cell.toString().normalize('NFC');
      if (text !== '') canonical[column.key] = text;
    }
  }
  return canonical;
}

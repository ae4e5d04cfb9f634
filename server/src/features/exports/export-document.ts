import type {
  BlockKind,
  CanonicalBlock,
  CanonicalCell,
  CanonicalField,
  CanonicalSection,
  Run,
} from '@longtable/shared/documents/canonical';
import type { Column, DocumentKind, Section } from '@longtable/shared/documents/template';
import { templateFor } from '@longtable/shared/documents/templates/templates';
import {
  columnLabelId,
  documentTitleId,
  fieldLabelId,
  optionLabelId,
  sectionPromptId,
  sectionTitleId,
} from '@longtable/shared/documents/texts';
import { MAX_INDENT } from '@longtable/shared/limits';
import type { Locale } from '@longtable/shared/protocol/http/people';
import { type Direction, directionOf } from './direction.ts';

/**
 * What every format says, before any format: PDF, DOCX and Markdown are three ways of writing this down.
 * It holds no person and no circle, so none of them can let one slip.
 */
export interface ExportDocument {
  locale: Locale;
  direction: Direction;
  kind: DocumentKind;
  /** What the partnership calls itself: on the first page only, never in metadata or a file name. */
  title: string;
  kindTitle: string;
  labels: { draft: string; contents: string; nothingWritten: string; missingLetters: string };
  sections: ExportSection[];
}

export interface ExportSection {
  number: number;
  title: string;
  prompt: string;
  blocks: ExportBlock[];
  fields: ExportField[];
}

export type ExportBlock =
  /** Levels start at 1 and never skip one going down, which screen readers and PDF/UA rely on. */
  | { kind: 'heading'; level: number; line: ExportLine }
  | { kind: 'paragraph' | 'quote'; indent: number; line: ExportLine }
  | ExportList;

/** Neighbouring items of one kind and depth. Numbers start at 1; anything that is no item ends the list. */
export interface ExportList {
  kind: 'list';
  isOrdered: boolean;
  items: { line: ExportLine; lists: ExportList[] }[];
}

export interface ExportLine {
  direction: Direction;
  runs: Run[];
}

export type ExportField =
  | { kind: 'text'; label: string; line: ExportLine }
  | { kind: 'rows'; label: string; columns: string[]; rows: ExportLine[][] };

export interface ExportInput {
  kind: DocumentKind;
  title: string;
  sections: CanonicalSection[];
}

export function buildExportDocument(
  input: ExportInput,
  messages: Readonly<Record<string, string>>,
  locale: Locale,
): ExportDocument {
  const { kind } = input;
  const text = (id: string, otherwise = id) => messages[id] ?? otherwise;
  const direction: Direction = locale === 'ar' ? 'rtl' : 'ltr';

  const line = (runs: Run[]): ExportLine => {
    const kept = runs.map(keepRun).filter((run) => run.text !== '');
    return { runs: kept, direction: directionOf(kept.map((run) => run.text).join(''), direction) };
  };

  const cellText = (cell: CanonicalCell | undefined, column: Column): string => {
    if (cell === undefined) return '';
    if (Array.isArray(cell))
      return cell.map((key) => text(optionLabelId(key), key)).join(locale === 'ar' ? '، ' : ', ');
    if (column.kind === 'choice') return text(optionLabelId(cell), cell);
    return column.kind === 'date' ? formatDate(cell, locale) : cell;
  };

  const buildField = (template: Section, field: CanonicalField): ExportField[] => {
    const known = template.fields.find((candidate) => candidate.key === field.key);
    // A circle's own field never enters the joint room; if one ever did, this is the last door.
    if (known?.audience !== 'partnership') return [];
    const label = text(fieldLabelId(kind, template.key, field.key));
    if (field.kind === 'text')
      return known.kind === 'text' ? [{ kind: 'text', label, line: line([{ text: field.text }]) }] : [];
    if (known.kind !== 'rows') return [];
    const columns = known.columns.map((column) =>
      text(columnLabelId(kind, template.key, field.key, column.key)),
    );
    const rows = field.rows.map((row) =>
      known.columns.map((column) => line([{ text: cellText(row[column.key], column) }])),
    );
    return [{ kind: 'rows', label, columns, rows }];
  };

  const sections = input.sections.flatMap((section): ExportSection[] => {
    const template = templateFor(kind).sections.find((candidate) => candidate.key === section.section);
    if (!template) return [];
    return [
      {
        number: template.number,
        title: text(sectionTitleId(kind, template.key)),
        prompt: text(sectionPromptId(kind, template.key)),
        blocks: buildBlocks(section.blocks, line),
        fields: section.fields.flatMap((field) => buildField(template, field)),
      },
    ];
  });

  return {
    locale,
    direction,
    kind,
    title: keepText(input.title),
    kindTitle: text(documentTitleId(kind)),
    labels: {
      draft: text('exports.draft'),
      contents: text('exports.contents'),
      nothingWritten: text('exports.nothingWritten'),
      missingLetters: text('exports.missingLetters'),
    },
    sections,
  };
}

export const isEmpty = (section: ExportSection) => section.blocks.length === 0 && section.fields.length === 0;

function buildBlocks(blocks: CanonicalBlock[], line: (runs: Run[]) => ExportLine): ExportBlock[] {
  const built: ExportBlock[] = [];
  let headingLevel = 0;
  let openLists: ExportList[] = [];
  for (const block of blocks) {
    const content = line(block.runs);
    if (isItem(block.kind)) {
      openLists = addItem(built, openLists, block, content);
      continue;
    }
    openLists = [];
    // Blank lines between paragraphs are spacing; every format brings its own.
    if (content.runs.length === 0) continue;
    if (block.kind === 'heading') {
      headingLevel = Math.min(block.level ?? 1, headingLevel + 1);
      built.push({ kind: 'heading', level: headingLevel, line: content });
    } else {
      built.push({
        kind: block.kind === 'quote' ? 'quote' : 'paragraph',
        indent: clampIndent(block.indent, MAX_INDENT),
        line: content,
      });
    }
  }
  return built;
}

/** Puts an item where its indent says, at most one deeper than the item before; gives the lists then open, outermost first. */
function addItem(
  built: ExportBlock[],
  open: ExportList[],
  block: CanonicalBlock,
  line: ExportLine,
): ExportList[] {
  const isOrdered = block.kind === 'number';
  const depth = clampIndent(block.indent, Math.min(open.length, MAX_INDENT));
  const path = open.slice(0, depth + 1);
  const sameDepth = path[depth];
  const item = { line, lists: [] };
  if (sameDepth && sameDepth.isOrdered === isOrdered) {
    sameDepth.items.push(item);
    return path;
  }
  const list: ExportList = { kind: 'list', isOrdered, items: [item] };
  const parent = depth > 0 ? path[depth - 1]?.items.at(-1) : undefined;
  if (parent) parent.lists.push(list);
  else built.push(list);
  return [...path.slice(0, depth), list];
}

const isItem = (kind: BlockKind) => kind === 'bullet' || kind === 'number';

const clampIndent = (indent: number | undefined, most: number) => Math.min(Math.max(indent ?? 0, 0), most);

function keepRun(run: Run): Run {
  const kept: Run = { ...run, text: keepText(run.text) };
  if (kept.href !== undefined && !isSafeHref(kept.href)) delete kept.href;
  return kept;
}

/** No format can carry half a character or U+0000: both would make a file that will not open. */
const keepText = (text: string) => text.replace(/\p{Surrogate}|\0/gu, '\uFFFD');

/** A file is opened far from our content security policy, so only addresses that a reader can judge stay links. */
const isSafeHref = (href: string) => /^(?:https?:\/\/|mailto:)[^\s\p{Cc}\p{Surrogate}]+$/iu.test(href);

function formatDate(date: string, locale: Locale): string {
  const day = new Date(`${date}T00:00:00Z`);
  if (Number.isNaN(day.getTime()) || !day.toISOString().startsWith(date)) return date;
  return new Intl.DateTimeFormat(locale === 'ar' ? 'ar-u-nu-latn' : 'en-GB', {
    dateStyle: 'long',
    timeZone: 'UTC',
  }).format(day);
}

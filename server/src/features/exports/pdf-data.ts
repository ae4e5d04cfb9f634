import { type Direction, directionOf } from './direction.ts';
import {
  type ExportBlock,
  type ExportDocument,
  type ExportField,
  type ExportLine,
  type ExportList,
  type ExportPassage,
  isEmpty,
} from './export-document.ts';
import { fontNames } from './fonts.ts';

/** The JSON that the layout of pdf-template.ts reads. */
export function pdfData(document: ExportDocument): string {
  return JSON.stringify({
    lang: document.locale,
    dir: document.direction,
    fonts: fontNames,
    title: toLine(titleLine(document.title, document.direction), PAGE_WORD),
    kindTitle: document.kindTitle,
    labels: document.labels,
    summary: toLines(document.summary),
    sections: document.sections.map(({ number, title, prompt, state, stateMore, isAgreed, passages }) => ({
      number,
      title,
      prompt,
      cell: toLine(state, CELL_WORD),
      state: toLines(stateMore ? [state, stateMore] : [state]),
      isAgreed,
      isEmpty: passages[0] === undefined || isEmpty(passages[0]),
      passages: passages.map(toPassage),
    })),
    chapters: document.chapters.map(({ key, title, lines, passages }) => ({
      key,
      title,
      lines: toLines(lines),
      passages: passages.map(toPassage),
    })),
  });
}

/** Characters that a word may have before the layout may break it anywhere: half a line, half a narrow cell. */
const PAGE_WORD = 36;
const CELL_WORD = 20;

const titleLine = (text: string, otherwise: Direction): ExportLine => ({
  direction: directionOf(text, otherwise),
  runs: text ? [{ text }] : [],
});

const toLines = (lines: readonly ExportLine[]) => lines.map((line) => toLine(line, PAGE_WORD));

const toPassage = ({ title, lines, blocks, fields, dissent, closing }: ExportPassage) => ({
  title,
  lines: toLines(lines),
  blocks: blocks.map(toBlock),
  fields: fields.map(toField),
  dissent: dissent.map(({ label, reason }) => ({
    label: toLine(label, PAGE_WORD),
    reason: reason && toLine(reason, PAGE_WORD),
  })),
  closing: toLines(closing),
});

function toBlock(block: ExportBlock): unknown {
  return block.kind === 'list' ? toList(block) : { ...block, line: toLine(block.line, PAGE_WORD) };
}

function toList(list: ExportList): unknown {
  const items = list.items.map((item) => ({
    line: toLine(item.line, PAGE_WORD),
    lists: item.lists.map(toList),
  }));
  return { kind: 'list', isOrdered: list.isOrdered, items };
}

function toField(field: ExportField): unknown {
  if (field.kind === 'text') return { ...field, line: toLine(field.line, PAGE_WORD) };
  return { ...field, rows: field.rows.map((row) => row.map((cell) => toLine(cell, CELL_WORD))) };
}

function toLine(line: ExportLine, longestWord: number) {
  const runs = line.runs.map((run) => ({
    bold: run.bold ?? false,
    italic: run.italic ?? false,
    href: run.href ?? null,
    // On paper an address is of use only where it can be read.
    printed: run.href !== undefined && run.href !== run.text ? toPieces(run.href, longestWord) : [],
    lines: run.text.split(/\r\n|\r|\n/).map((text) => toPieces(text, longestWord)),
  }));
  return { dir: line.direction, runs };
}

const graphemes = new Intl.Segmenter('und', { granularity: 'grapheme' });

/**
 * Cuts words that are too long for their place into pieces of four, between whole letters as people see them.
 * Letters that join, as Arabic ones do, would come apart, but their scripts have no words of such length.
 */
function toPieces(text: string, longestWord: number): string[] {
  const pieces: string[] = [];
  let kept = 0;
  for (const match of text.matchAll(new RegExp(`[^\\s]{${longestWord},}`, 'gu'))) {
    if (match.index > kept) pieces.push(text.slice(kept, match.index));
    const letters = Array.from(graphemes.segment(match[0]), ({ segment }) => segment);
    for (let i = 0; i < letters.length; i += 4) pieces.push(letters.slice(i, i + 4).join(''));
    kept = match.index + match[0].length;
  }
  if (kept < text.length || pieces.length === 0) pieces.push(text.slice(kept));
  return pieces;
}

import type { Run } from '@longtable/shared/documents/canonical';
import type { DocumentKind } from '@longtable/shared/documents/template';
import type { Locale } from '@longtable/shared/protocol/http/people';
import type { Direction } from './direction.ts';

/**
 * What every format says, before any format: PDF, DOCX and Markdown are three ways of writing this down.
 * It holds no person, and a circle only under the name it chose for outside, where it has agreed to something.
 */
export interface ExportDocument {
  locale: Locale;
  direction: Direction;
  kind: DocumentKind;
  /** What the partnership calls itself: on the first page only, never in metadata or a file name. */
  title: string;
  kindTitle: string;
  labels: Record<
    'standing' | 'section' | 'state' | 'page' | 'atTheEnd' | 'nothingWritten' | 'missingLetters',
    string
  >;
  /** How much is agreed, at the top. */
  summary: ExportLine[];
  /** None where only a chapter is asked for. */
  sections: ExportSection[];
  /** After the sections: who does what by when, the agreement record. */
  chapters: ExportChapter[];
}

export interface ExportSection {
  number: number;
  title: string;
  prompt: string;
  /** Agreed or open, for the overview and beside the title. */
  state: ExportLine;
  /** More of it, beside the title alone. */
  stateMore: ExportLine | null;
  isAgreed: boolean;
  passages: ExportPassage[];
}

export interface ExportChapter {
  key: 'tasks' | 'record';
  title: string;
  lines: ExportLine[];
  passages: ExportPassage[];
}

/** A stretch with words of one standing. Only a section's first passage has no title: its words are the section's own. */
export interface ExportPassage {
  title: string | null;
  /** What we say of it, before it. */
  lines: ExportLine[];
  blocks: ExportBlock[];
  fields: ExportField[];
  dissent: ExportDissent[];
  /** What we say of it, after it. */
  closing: ExportLine[];
}

/** What a circle does not agree with, beside the words that it is about. */
export interface ExportDissent {
  label: ExportLine;
  reason: ExportLine | null;
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

/** A table without a label belongs to the title above it. */
export type ExportField =
  | { kind: 'text'; label: string; line: ExportLine }
  | {
      kind: 'rows';
      label: string | null;
      columns: string[];
      /** The columns' shares of the width; null where their words decide. */
      shares: number[] | null;
      rows: ExportLine[][];
    };

export const isEmpty = ({ lines, blocks, fields }: ExportPassage) =>
  lines.length + blocks.length + fields.length === 0;

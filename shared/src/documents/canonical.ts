/**
 * Canonical content v1: what a section says, freed of how Yjs holds it. Exports are made of it, and
 * later consent is given to it. Serialised by RFC 8785 after NFC; a version hashes it with its own salt.
 * Changing any of this makes old hashes unverifiable: add a v2 instead. What is added is absent from all that
 * could be written before, so that its bytes stay what they were.
 */

/** A stretch of text with one set of marks. `\n` inside is a line break within the block. */
export interface Run {
  text: string;
  bold?: true;
  italic?: true;
  href?: string;
}

export type BlockKind = 'paragraph' | 'heading' | 'bullet' | 'number' | 'quote';

export interface CanonicalBlock {
  kind: BlockKind;
  /** 1–3 for headings, else absent. */
  level?: number;
  /** 0–MAX_INDENT; absent where 0. */
  indent?: number;
  /** On quotes only: the shared words of a circle that these are taken from; absent where they are nobody's. */
  cites?: string;
  runs: Run[];
}

/** A choice is its option key, choices a list of them in template order, a date YYYY-MM-DD; blanks are absent. */
export type CanonicalCell = string | string[];

export type CanonicalField =
  | { key: string; kind: 'text'; text: string }
  | { key: string; kind: 'rows'; rows: Record<string, CanonicalCell>[] };

export interface CanonicalSection {
  v: 1;
  section: string;
  blocks: CanonicalBlock[];
  /** In template order; fields with nothing in them are absent. */
  fields: CanonicalField[];
}

import { z } from 'zod';

/**
 * What a document is made of, as data. Adding a section or a field is one data file under `templates/`
 * plus its texts. Texts are messages whose ids follow from the keys; see `texts.ts`.
 */

export const DocumentKind = z.enum(['agreement', 'definition', 'plan']);
export type DocumentKind = z.infer<typeof DocumentKind>;

export const TemplateKey = z.enum(['full', 'one-evening']);
export type TemplateKey = z.infer<typeof TemplateKey>;

/** Stakeholder groups whose view a section's prompt most needs (domain.md part 3, column Heard). */
export type HeardGroup = 'LE' | 'AR' | 'FA' | 'WO' | 'NG' | 'FR' | 'DB' | 'FU' | 'FC';

/** Who may read a field: everyone in the partnership, or only the circle that wrote it. */
export type FieldAudience = 'partnership' | 'circle';

export type Column =
  | { key: string; kind: 'text' }
  | { key: string; kind: 'choice'; options: readonly string[] }
  | { key: string; kind: 'choices'; options: readonly string[] }
  | { key: string; kind: 'date' };

/** `text` is one free text; `rows` a table that people add rows to. */
export type Field =
  | { key: string; kind: 'text'; audience: FieldAudience }
  | { key: string; kind: 'rows'; audience: FieldAudience; columns: readonly Column[] };

export interface Section {
  /** Unique in its document; part of room keys and message ids, so never renamed. */
  key: string;
  /** As in domain.md part 3. */
  number: number;
  /** ★: every seated circle is asked to mark it. */
  isStarred: boolean;
  heard: readonly HeardGroup[] | 'all';
  fields: readonly Field[];
}

export interface DocumentTemplate {
  kind: DocumentKind;
  sections: readonly Section[];
}

/** A partnership's starting set: which sections of each document are on the table at first. */
export interface PartnershipTemplate {
  key: TemplateKey;
  documents: readonly { kind: DocumentKind; shownFirst: readonly string[] }[];
}

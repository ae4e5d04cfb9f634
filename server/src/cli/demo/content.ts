import type { DocumentKind } from '@longtable/shared/documents/template';

/** One thing said in both languages of the table. */
export interface Both {
  en: string;
  ar: string;
}

export const both = (en: string, ar: string): Both => ({ en, ar });

/** Words; an option's key or several; or a day, counted from the one on which the demo is made. */
export type DemoCell = Both | string | readonly string[] | { inDays: number };

export type DemoRow = Readonly<Record<string, DemoCell>>;

/** What stands in one section: running text, free texts by field, rows by field. */
export interface DemoSection {
  text?: readonly Both[];
  fields?: Readonly<Record<string, Both | readonly DemoRow[]>>;
}

export interface DemoDocument {
  kind: DocumentKind;
  sections: Readonly<Record<string, DemoSection>>;
}

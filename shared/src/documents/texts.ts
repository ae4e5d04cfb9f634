import type { DocumentKind } from './template.ts';

/** Message ids of everything a template shows. One rule, so that a new section needs no code. */
export const documentTitleId = (kind: DocumentKind) => `document.${kind}.title`;
export const sectionTitleId = (kind: DocumentKind, section: string) => `document.${kind}.${section}.title`;
export const sectionPromptId = (kind: DocumentKind, section: string) => `document.${kind}.${section}.prompt`;
export const fieldLabelId = (kind: DocumentKind, section: string, field: string) =>
  `document.${kind}.${section}.${field}.label`;
export const columnLabelId = (kind: DocumentKind, section: string, field: string, column: string) =>
  `document.${kind}.${section}.${field}.${column}.label`;
/** Options are shared by all columns that use them, so that "community" reads the same everywhere. */
export const optionLabelId = (option: string) => `option.${option}`;

import type { Column, Field } from '../template.ts';

/** Short ways to write a field down, so that a template file reads as a list of what is asked. */

export const text = (key: string): Column => ({ key, kind: 'text' });
export const date = (key: string): Column => ({ key, kind: 'date' });
export const choice = (key: string, options: readonly string[]): Column => ({ key, kind: 'choice', options });
export const choices = (key: string, options: readonly string[]): Column => ({
  key,
  kind: 'choices',
  options,
});

export const freeText = (key: string): Field => ({ key, kind: 'text', audience: 'partnership' });
export const rows = (key: string, columns: readonly Column[]): Field => ({
  key,
  kind: 'rows',
  audience: 'partnership',
  columns,
});

/** Readable by the circle that wrote it, and never part of the joint room or an export of it. */
export const circleOnly = (field: Field): Field => ({ ...field, audience: 'circle' });

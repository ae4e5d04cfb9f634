import type { CanonicalCell, CanonicalField, CanonicalSection } from '@longtable/shared/documents/canonical';
import { plainText } from '@longtable/shared/documents/model/read-section';
import type { Field, Section } from '@longtable/shared/documents/template';
import type {
  DifferencePart,
  RowDifference,
  SectionDifference,
} from '@longtable/shared/protocol/http/difference';
import { type ChangeObject, diffArrays } from 'diff';

/**
 * For all that is compared in one request: finding words takes microseconds a letter, texts with nothing in common
 * the square of their length, and the process does nothing else meanwhile. What is not done by then is shown whole.
 */
const BUDGET_MS = 500;

/** A moment on the clock of `performance`. */
type Deadline = { atMs: number };

/** Where words begin and end in any script, Arabic and those without spaces included. */
const words = new Intl.Segmenter('en', { granularity: 'word' });

type Words = Pick<SectionDifference, 'text' | 'fields'>;
type Rows = Record<string, CanonicalCell>[];

/** What changed, word by word, in the running text and in each field of a section. */
export function differenceOf(
  section: Section,
  before: CanonicalSection,
  after: CanonicalSection,
  budgetMs = BUDGET_MS,
): Words {
  const deadline = { atMs: performance.now() + budgetMs };
  return {
    text: diffText(deadline, plainText(before), plainText(after)),
    fields: section.fields.flatMap(
      (field) => diffField(deadline, field, fieldOf(before, field), fieldOf(after, field)) ?? [],
    ),
  };
}

export const hasWordChanges = ({ text, fields }: Words): boolean =>
  [
    ...text,
    ...fields.flatMap((field): { kind: string }[] => (field.kind === 'text' ? field.parts : field.rows)),
  ].some(({ kind }) => kind !== 'same');

const fieldOf = (section: CanonicalSection, { key }: Field) =>
  section.fields.find((field) => field.key === key);

function diffField(
  deadline: Deadline,
  field: Field,
  before: CanonicalField | undefined,
  after: CanonicalField | undefined,
): Words['fields'][number] | null {
  if (!before && !after) return null;
  const { key } = field;
  if (field.kind === 'text')
    return { kind: 'text', key, parts: diffText(deadline, textOf(before), textOf(after)) };
  return {
    kind: 'rows',
    key,
    rows: diffRows(
      deadline,
      field.columns.map((column) => column.key),
      rowsOf(before),
      rowsOf(after),
    ),
  };
}

const textOf = (field: CanonicalField | undefined): string => (field?.kind === 'text' ? field.text : '');
const rowsOf = (field: CanonicalField | undefined): Rows => (field?.kind === 'rows' ? field.rows : []);

/** Canonical rows have no ids: equal ones are matched first, and of what lies between them old and new in turn. */
function diffRows(
  deadline: Deadline,
  columns: readonly string[],
  before: Rows,
  after: Rows,
): RowDifference[] {
  const rows: RowDifference[] = [];
  let removed: Rows = [];
  let added: Rows = [];
  const settle = () => {
    for (let i = 0; i < Math.max(removed.length, added.length); i++)
      rows.push(diffRow(deadline, columns, removed[i], added[i]));
    [removed, added] = [[], []];
  };
  const same = (a: Rows[number], b: Rows[number]) => JSON.stringify(a) === JSON.stringify(b);
  for (const change of diffLists(deadline, before, after, same)) {
    if (change.removed) removed = change.value;
    else if (change.added) added = change.value;
    else {
      settle();
      for (const row of change.value) rows.push(diffRow(deadline, columns, row, row));
    }
  }
  settle();
  return rows;
}

function diffRow(
  deadline: Deadline,
  columns: readonly string[],
  before: Rows[number] | undefined,
  after: Rows[number] | undefined,
): RowDifference {
  const cells = columns.flatMap((column) => {
    const [old, now] = [before?.[column], after?.[column]];
    return old === undefined && now === undefined ? [] : [{ column, parts: diffCell(deadline, old, now) }];
  });
  const isSame = cells.every(({ parts }) => parts.every(({ kind }) => kind === 'same'));
  return { kind: !before ? 'added' : !after ? 'removed' : isSame ? 'same' : 'changed', cells };
}

function diffCell(
  deadline: Deadline,
  before: CanonicalCell | undefined,
  after: CanonicalCell | undefined,
): DifferencePart[] {
  if (!Array.isArray(before) && !Array.isArray(after)) return diffText(deadline, before ?? '', after ?? '');
  return diffLists(deadline, [before ?? []].flat(), [after ?? []].flat()).flatMap((change) =>
    change.value.map((text) => ({ kind: kindOf(change), text })),
  );
}

function diffText(deadline: Deadline, before: string, after: string): DifferencePart[] {
  if (before === after) return before === '' ? [] : [{ kind: 'same', text: before }];
  return diffLists(deadline, wordsOf(deadline, before), wordsOf(deadline, after)).map((change) => ({
    kind: kindOf(change),
    text: change.value.join(''),
  }));
}

/** In short stretches: with each word V8 hands out a copy of the whole text that it was asked to split. */
function wordsOf(deadline: Deadline, text: string): string[] {
  const found: string[] = [];
  for (const { 0: stretch, index } of text.matchAll(/\s+|\S{1,200}/gu)) {
    if (performance.now() > deadline.atMs) return [...found, text.slice(index)];
    for (const { segment } of words.segment(stretch)) found.push(segment);
  }
  return found;
}

function diffLists<Item>(
  deadline: Deadline,
  before: Item[],
  after: Item[],
  comparator?: (a: Item, b: Item) => boolean,
): ChangeObject<Item[]>[] {
  const timeout = Math.max(0, deadline.atMs - performance.now());
  const changes = diffArrays(before, after, { timeout, ...(comparator ? { comparator } : {}) });
  if (changes) return changes;
  return [
    { value: before, removed: true, added: false, count: before.length },
    { value: after, removed: false, added: true, count: after.length },
  ];
}

const kindOf = ({ added, removed }: { added: boolean; removed: boolean }): DifferencePart['kind'] =>
  added ? 'added' : removed ? 'removed' : 'same';

import type { CanonicalCell, CanonicalField, CanonicalSection } from '@longtable/shared/documents/canonical';
import { plainText } from '@longtable/shared/documents/model/read-section';
import type { Field, Section } from '@longtable/shared/documents/template';
import type {
  DifferencePart,
  RowDifference,
  SectionDifference,
} from '@longtable/shared/protocol/http/difference';
import { type ChangeObject, diffArrays } from 'diff';

/** Texts with nothing in common take the square of their length; past this they are shown whole, old and new. */
const TIMEOUT_MS = 500;

/** Where words begin and end in any script, Arabic and those without spaces included. */
const words = new Intl.Segmenter('en', { granularity: 'word' });

type Words = Pick<SectionDifference, 'text' | 'fields'>;
type Rows = Record<string, CanonicalCell>[];

/** What changed, word by word, in the running text and in each field of a section. */
export function differenceOf(section: Section, before: CanonicalSection, after: CanonicalSection): Words {
  return {
    text: diffText(plainText(before), plainText(after)),
    fields: section.fields.flatMap(
      (field) => diffField(field, fieldOf(before, field), fieldOf(after, field)) ?? [],
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
  field: Field,
  before: CanonicalField | undefined,
  after: CanonicalField | undefined,
): Words['fields'][number] | null {
  if (!before && !after) return null;
  const { key } = field;
  if (field.kind === 'text') return { kind: 'text', key, parts: diffText(textOf(before), textOf(after)) };
  return {
    kind: 'rows',
    key,
    rows: diffRows(
      field.columns.map((column) => column.key),
      rowsOf(before),
      rowsOf(after),
    ),
  };
}

const textOf = (field: CanonicalField | undefined): string => (field?.kind === 'text' ? field.text : '');
const rowsOf = (field: CanonicalField | undefined): Rows => (field?.kind === 'rows' ? field.rows : []);

/** Canonical rows have no ids: equal ones are matched first, and of what lies between them old and new in turn. */
function diffRows(columns: readonly string[], before: Rows, after: Rows): RowDifference[] {
  const rows: RowDifference[] = [];
  let removed: Rows = [];
  let added: Rows = [];
  const settle = () => {
    for (let i = 0; i < Math.max(removed.length, added.length); i++)
      rows.push(diffRow(columns, removed[i], added[i]));
    [removed, added] = [[], []];
  };
  const same = (a: Rows[number], b: Rows[number]) => JSON.stringify(a) === JSON.stringify(b);
  for (const change of diffLists(before, after, same)) {
    if (change.removed) removed = change.value;
    else if (change.added) added = change.value;
    else {
      settle();
      for (const row of change.value) rows.push(diffRow(columns, row, row));
    }
  }
  settle();
  return rows;
}

function diffRow(
  columns: readonly string[],
  before: Rows[number] | undefined,
  after: Rows[number] | undefined,
): RowDifference {
  const cells = columns.flatMap((column) => {
    const [old, now] = [before?.[column], after?.[column]];
    return old === undefined && now === undefined ? [] : [{ column, parts: diffCell(old, now) }];
  });
  const isSame = cells.every(({ parts }) => parts.every(({ kind }) => kind === 'same'));
  return { kind: !before ? 'added' : !after ? 'removed' : isSame ? 'same' : 'changed', cells };
}

function diffCell(before: CanonicalCell | undefined, after: CanonicalCell | undefined): DifferencePart[] {
  if (!Array.isArray(before) && !Array.isArray(after)) return diffText(before ?? '', after ?? '');
  return diffLists([before ?? []].flat(), [after ?? []].flat()).flatMap((change) =>
    change.value.map((text) => ({ kind: kindOf(change), text })),
  );
}

function diffText(before: string, after: string): DifferencePart[] {
  return diffLists(wordsOf(before), wordsOf(after)).map((change) => ({
    kind: kindOf(change),
    text: change.value.join(''),
  }));
}

/** In short stretches: with each word V8 hands out a copy of the whole text that it was asked to split. */
function wordsOf(text: string): string[] {
  const stretches = text.match(/\s+|\S{1,200}/gu) ?? [];
  return stretches.flatMap((stretch) => [...words.segment(stretch)].map(({ segment }) => segment));
}

function diffLists<Item>(
  before: Item[],
  after: Item[],
  comparator?: (a: Item, b: Item) => boolean,
): ChangeObject<Item[]>[] {
  const changes = diffArrays(before, after, { timeout: TIMEOUT_MS, ...(comparator ? { comparator } : {}) });
  if (changes) return changes;
  return [
    { value: before, removed: true, added: false, count: before.length },
    { value: after, removed: false, added: true, count: after.length },
  ];
}

const kindOf = ({ added, removed }: { added: boolean; removed: boolean }): DifferencePart['kind'] =>
  added ? 'added' : removed ? 'removed' : 'same';

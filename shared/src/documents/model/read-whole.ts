import * as Y from 'yjs';

/** Plain data with keys in a fixed order, so that its JSON is the same for the same content. */
export type Whole = null | boolean | number | string | Whole[] | { [key: string]: Whole };

/**
 * Everything that a room's document says, and more than canonical content does: letters as they were typed, blank
 * blocks, ids of rows, rows that were removed or lifted. Two documents of which this is equal read the same to
 * everybody, whatever their histories. Open the section's root types first (`createRoomChecker`).
 *
 * A root that no type was given to (a field that a template once had) is null: it cannot be read, only carried.
 */
export function readWhole(doc: Y.Doc): Whole {
  const roots = [...doc.share.keys()].sort();
  return roots.map((name) => [name, readType(doc.share.get(name))]);
}

/** Whether `readWhole` can see all of it. */
export const isAllTyped = (doc: Y.Doc): boolean =>
  [...doc.share.values()].every((type) => type.constructor !== Y.AbstractType);

function readType(value: unknown): Whole {
  if (value instanceof Y.XmlElement)
    return {
      attributes: readEntries(Object.entries(value.getAttributes())),
      children: value.toArray().map(readType),
      node: value.nodeName,
    };
  if (value instanceof Y.XmlFragment) return value.toArray().map(readType);
  if (value instanceof Y.Text) return readRuns(value);
  if (value instanceof Y.Array) return (value.toArray() as unknown[]).map(readType);
  if (value instanceof Y.Map) return readEntries([...(value as Y.Map<unknown>).entries()]);
  if (value instanceof Y.AbstractType) return null;
  return readPlain(value);
}

const readEntries = (entries: [string, unknown][]): Whole =>
  Object.fromEntries(
    entries
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, value]) => [key, value instanceof Y.AbstractType ? readType(value) : readPlain(value)]),
  );

function readPlain(value: unknown): Whole {
  if (Array.isArray(value)) return value.map(readPlain);
  if (typeof value === 'object' && value !== null) return readEntries(Object.entries(value));
  return value === undefined ? null : (value as Whole);
}

/** Stretches with the same marks as one: where one ends and the next begins is history, not content. */
function readRuns(text: Y.Text): Whole {
  const runs: { text: string; marks: Whole }[] = [];
  for (const { insert, attributes } of text.toDelta() as { insert: unknown; attributes?: object }[]) {
    const marks = readPlain(attributes ?? {});
    const last = runs.at(-1);
    const said = typeof insert === 'string' ? insert : JSON.stringify(readType(insert));
    if (last && JSON.stringify(last.marks) === JSON.stringify(marks)) last.text += said;
    else runs.push({ text: said, marks });
  }
  return runs.map(({ text: said, marks }) => [said, marks]);
}

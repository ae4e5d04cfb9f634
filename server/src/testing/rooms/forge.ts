/** Yjs v1 updates made byte by byte, as no client of ours would. */

export function varint(value: number): number[] {
  const bytes: number[] = [];
  let rest = value;
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128);
  return [...bytes, rest];
}

/** An update of no structs and one delete range. */
export const forgeDelete = (client: number, clock: number, length: number): Uint8Array =>
  Uint8Array.from([0, 1, ...[client, 1, clock, length].flatMap(varint)]);

const text = (words: string): number[] => [...varint(Buffer.byteLength(words)), ...Buffer.from(words)];

/** One struct in the root named `text`, of the kind and with the bytes that follow. */
const struct = (kind: number, content: readonly number[]): number[] => [kind, 1, ...text('text'), ...content];

const update = (client: number, structs: readonly (readonly number[])[]): Uint8Array =>
  Uint8Array.from([1, ...varint(structs.length), ...varint(client), 0, ...structs.flat(), 0]);

const many = (count: number, ...bytes: number[]): number[] =>
  Array.from({ length: count }, () => bytes).flat();

const DELETED = 1;
const JSON_VALUES = 2;
const STRING = 4;
const FORMAT = 6;
const ANY = 8;
const DOCUMENT = 9;

/**
 * Small or plain bytes that become something big where they are believed: each by name, written under `client`.
 * Every one is to be refused before anything is built of it.
 */
export const forgedUpdates = (client: number): Record<string, Uint8Array> => ({
  'a count of structs that is not there': Uint8Array.from([
    1,
    ...varint(20_000_000),
    ...varint(client),
    0,
    0,
  ]),
  'a count of writers that is not there': Uint8Array.from([...varint(4_000_000_000), 1, 1, 0, 0]),
  'a count of ranges that is not there': Uint8Array.from([0, 1, 1, ...varint(20_000_000), 0, 1]),
  'a count of values that is not there': update(client, [struct(ANY, varint(20_000_000))]),
  'a text longer than the update': update(client, [struct(STRING, [...varint(200_000_000), 65])]),
  'a deleted text without end': update(client, [struct(DELETED, varint(Number.MAX_SAFE_INTEGER))]),
  'a number without end': Uint8Array.from(many(1_000, 255)),
  'more structs than a push may have': update(
    client,
    Array.from({ length: 120_000 }, () => [0, 1]),
  ),
  'as many values as bytes': update(client, [struct(ANY, [...varint(250_000), ...many(250_000, 126)])]),
  'empty lists in a list': update(client, [
    struct(ANY, [1, 117, ...varint(120_000), ...many(120_000, 117, 0)]),
  ]),
  'empty objects in a list': update(client, [
    struct(ANY, [1, 117, ...varint(120_000), ...many(120_000, 118, 0)]),
  ]),
  'a list in a list in a list': update(client, [struct(ANY, [1, ...many(120_000, 117, 1), 126])]),
  'an object in an object': update(client, [struct(ANY, [1, ...many(80_000, 118, 1, 0), 126])]),
  'values written as JSON': update(client, [
    struct(JSON_VALUES, [...varint(80_000), ...many(80_000, 2, 0x5b, 0x5d)]),
  ]),
  'a mark of nested lists': update(client, [
    struct(FORMAT, [...text('bold'), ...text('['.repeat(100_000) + ']'.repeat(100_000))]),
  ]),
  'a mark of many keys': update(client, [
    struct(FORMAT, [
      ...text('link'),
      ...text(`{${Array.from({ length: 20_000 }, (_, key) => `"${key}":0`).join()}}`),
    ]),
  ]),
  'a document in the document': update(client, [struct(DOCUMENT, [...text('guid'), 118, 0])]),
  'more ranges than a push may have': Uint8Array.from([0, 1, 1, ...varint(100_000), ...many(100_000, 0, 1)]),
  'deletions of very many writers': Uint8Array.from([
    0,
    ...varint(60_000),
    ...Array.from({ length: 60_000 }, (_, writer) => [...varint(writer), 0]).flat(),
  ]),
});

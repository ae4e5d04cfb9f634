import { describe, expect, it, jest } from '@jest/globals';
import { LongtableError } from '@longtable/shared/errors';
import { BLOCK_NODE, rowsField, textField, textFragment } from '@longtable/shared/documents/model/keys';
import fc from 'fast-check';
import * as Y from 'yjs';
import { readTestEnv } from '../../env.ts';
import { mutations } from '../../testing/rooms/mutated.ts';
import { walkUpdate } from './walk-update.ts';

const { fuzzTimes, fuzzSeed } = readTestEnv();
jest.setTimeout(60_000 * fuzzTimes);

interface Findings {
  structs: [client: number, clock: number, length: number][];
  references: [client: number, clock: number][];
  deletions: [client: number, clock: number, length: number][];
}

function walk(bytes: Uint8Array): Findings {
  const found: Findings = { structs: [], references: [], deletions: [] };
  walkUpdate(bytes, {
    struct: (...struct) => void found.structs.push(struct),
    reference: (...reference) => void found.references.push(reference),
    deletion: (...deletion) => void found.deletions.push(deletion),
  });
  return found;
}

function decode(bytes: Uint8Array): Findings {
  const { structs, ds } = Y.decodeUpdate(bytes);
  return {
    structs: structs.map(({ id, length }) => [id.client, id.clock, length]),
    references: structs.flatMap((struct) => {
      if (!(struct instanceof Y.Item)) return [];
      const ids = [struct.origin, struct.rightOrigin, struct.parent as unknown];
      return ids.flatMap((id): [number, number][] => (id instanceof Y.ID ? [[id.client, id.clock]] : []));
    }),
    deletions: [...ds.clients].flatMap(([client, ranges]) =>
      ranges.map(({ clock, len }): [number, number, number] => [client, clock, len]),
    ),
  };
}

/** Deletions by writer, in their order: an update may name a writer twice, and Yjs then puts the ranges together. */
const byWriter = ({ structs, references, deletions }: Findings) => ({
  structs,
  references,
  deletions: [...deletions].sort(([a], [b]) => a - b),
});

const WORDS = ['river', 'نهر', 'ποτάμι', '川🪑', '', '\n', '"[{,'];

/** What two people do in a section, as the updates that each would push. */
const session = fc
  .array(fc.tuple(fc.nat(1), fc.nat(9), fc.nat(30), fc.constantFrom(...WORDS)), {
    minLength: 1,
    maxLength: 25,
  })
  .map((acts) => {
    const docs = [1_001, 3_000_000_003].map((client) => Object.assign(new Y.Doc(), { clientID: client }));
    const updates: Uint8Array[] = [];
    for (const [who, act, at, word] of acts) {
      const doc = docs[who]!;
      const before = Y.encodeStateVector(doc);
      doc.transact(() => edit(doc, act, at, word));
      const update = Y.encodeStateAsUpdate(doc, before);
      updates.push(update);
      if (at % 2 === 0) Y.applyUpdate(docs[1 - who]!, Y.encodeStateAsUpdate(doc));
    }
    return [...updates, Y.mergeUpdates(updates), Y.encodeStateAsUpdate(docs[0]!)];
  });

function edit(doc: Y.Doc, act: number, at: number, word: string): void {
  const blocks = textFragment(doc);
  const block = blocks.length > 0 ? (blocks.get(at % blocks.length) as Y.XmlElement) : null;
  const text = block?.get(0) as Y.XmlText | undefined;
  const index = text ? at % (text.length + 1) : 0;
  const isUsed = text !== undefined && text.length > 0;
  if (act < 2 || !block || !text) {
    const added = new Y.XmlElement(BLOCK_NODE);
    added.setAttribute('kind', 'paragraph');
    added.insert(0, [new Y.XmlText(word)]);
    blocks.push([added]);
  } else if (act < 5) text.insert(index, word);
  else if (act === 5 && isUsed) text.delete(0, Math.min(text.length, 3));
  else if (act === 6 && isUsed)
    text.format(0, text.length, { bold: {}, link: { href: `https://example.org/${word}` } });
  else if (act === 7) block.setAttribute('indent', (at % 5) as unknown as string);
  else if (act === 8) textField(doc, 'aim').insert(0, word);
  else
    rowsField(doc, 'steps').push([
      new Y.Map<unknown>([
        ['id', word],
        ['who', [word, 'x']],
        ['done', at % 2 === 0],
        ['due', null],
        ['part', at / 7],
      ]),
    ]);
}

describe('walking an update', () => {
  it('finds in what people write just what Yjs finds', () => {
    fc.assert(
      fc.property(session, (updates) => {
        for (const update of updates) expect(byWriter(walk(update))).toEqual(byWriter(decode(update)));
      }),
      { numRuns: 80 * fuzzTimes, seed: fuzzSeed },
    );
  });

  it('lets a whole state through in which a choice was made several times and can be undone', () => {
    const doc = new Y.Doc();
    const block = new Y.XmlElement(BLOCK_NODE);
    textFragment(doc).push([block]);
    new Y.UndoManager(textFragment(doc));
    for (const kind of ['heading', 'bullet', 'number', 'quote']) block.setAttribute('kind', kind);
    const update = Y.encodeStateAsUpdate(doc);
    expect(walk(update).structs.some(([, , length]) => length > 1)).toBe(true);
    expect(byWriter(walk(update))).toEqual(byWriter(decode(update)));
  });

  it('refuses what Yjs could not decode, and finds the same in all that it lets through', () => {
    let through = 0;
    const names = [1_001, 3_000_000_003, 77];
    fc.assert(
      fc.property(session, fc.nat(), mutations(names), (updates, which, mutate) => {
        const bytes = mutate(updates[which % updates.length]!);
        let found: Findings;
        try {
          found = walk(bytes);
        } catch (error) {
          expect(error).toBeInstanceOf(LongtableError);
          return;
        }
        through += 1;
        expect(byWriter(found)).toEqual(byWriter(decode(bytes)));
      }),
      { numRuns: 1_000 * fuzzTimes, seed: fuzzSeed },
    );
    expect(through).toBeGreaterThan(100);
  });

  it.each([
    ['cut short', [0xe2, 0x82]],
    ['overlong', [0xc0, 0x80]],
    ['half a pair', [0xed, 0xa0, 0x80]],
    ['beyond Unicode', [0xf4, 0x90, 0x80, 0x80]],
    ['a byte that begins nothing', [0x80]],
  ])('refuses a text that is no UTF-8: %s', (_why, text) => {
    const bytes = Uint8Array.from([1, 1, 5, 0, 4, 1, 1, 0x74, text.length, ...text, 0]);
    expect(() => Y.decodeUpdate(bytes)).toThrow();
    expect(() => walk(bytes)).toThrow('badRequest');
  });
});

import { randomBytes } from 'node:crypto';
import { Worker } from 'node:worker_threads';
import { afterAll, describe, expect, it, jest } from '@jest/globals';
import { BLOCK_NODE, rowsField, textField, textFragment } from '@longtable/shared/documents/model/keys';
import { addRow, liftRow, removeRow, type RowsField, setCell } from '@longtable/shared/documents/model/rows';
import { sectionOf } from '@longtable/shared/documents/templates/templates';
import fc from 'fast-check';
import * as Y from 'yjs';
import { digestOf, loadDoc, rewrite, type RewriteJob, SERVER_AUTHOR, verifySnapshot } from './rewrite.ts';
import { packJob } from './rewrite-messages.ts';
import { createRewriter } from './rewriter.ts';

jest.setTimeout(60_000);

const section = sectionOf('plan', 'what-we-will-do');
const place = { kind: 'plan', section: section.key, audience: 'partnership' } as const;
const table = section.fields.find(
  (field): field is RowsField => field.kind === 'rows' && field.audience === 'partnership',
)!;
const textColumn = table.columns.find(({ kind }) => kind === 'text')!.key;

const blockOf = (kind: string, ...runs: [string, object?][]): Y.XmlElement => {
  const block = new Y.XmlElement(BLOCK_NODE);
  block.setAttribute('kind', kind);
  if (kind === 'bullet') block.setAttribute('indent', 2 as never);
  const text = new Y.XmlText();
  text.applyDelta(runs.map(([insert, attributes = {}]) => ({ insert, attributes })));
  block.insert(0, [text]);
  return block;
};

/** Two people at one section, each hearing the other; every edit is a row of the log. */
function twoWriters() {
  const docs = [new Y.Doc(), new Y.Doc()] as const;
  const tail: Uint8Array[] = [];
  docs.forEach((doc, index) =>
    doc.on('update', (update: Uint8Array, origin: unknown) => {
      if (origin === 'log') return;
      tail.push(update);
      Y.applyUpdate(docs[index === 0 ? 1 : 0], update, 'log');
    }),
  );
  return { docs, tail, job: (as: RewriteJob['as']): RewriteJob => ({ as, place, snapshot: null, tail }) };
}

/** Everything a section can hold, written by both, with words and a row taken away again. */
function fullRoom() {
  const room = twoWriters();
  const [one, two] = room.docs;
  textFragment(one).push([
    blockOf('heading', ['Who we are']),
    blockOf('paragraph', ['plain, '], ['bold', { bold: {} }], [' and é as two letters: e\u0301']),
    blockOf('bullet', ['a link', { link: { href: 'https://example.org/a' } }]),
  ]);
  const text = (textFragment(two).get(1) as Y.XmlElement).get(0) as Y.XmlText;
  text.insert(7, 'a secret said too soon', { italic: {} });
  text.delete(7, 22);
  text.insert(7, 'second hand ');
  textFragment(two).push([blockOf('paragraph', ['']), blockOf('quote', ['']), blockOf('paragraph')]);
  const rows = [addRow(one, table), addRow(two, table), addRow(one, table)];
  (rowsField(two, table.key).get(0).get(textColumn) as Y.Text).insert(0, 'their cell');
  removeRow(one, table.key, rows[1]!);
  liftRow(two, table.key, rows[2]!);
  for (const column of table.columns) {
    if (column.kind === 'choice') setCell(one, table.key, rows[0]!, column.key, column.options[0]!);
    if (column.kind === 'choices') setCell(one, table.key, rows[0]!, column.key, [...column.options]);
    if (column.kind === 'date') setCell(one, table.key, rows[0]!, column.key, '2026-11-21');
  }
  for (const field of section.fields)
    if (field.kind === 'text' && field.audience === 'partnership')
      textField(one, field.key).insert(0, 'a field');
  return room;
}

const writersIn = (snapshot: Uint8Array): number[] => [...Y.parseUpdateMetaV2(snapshot).to.keys()];

describe('rewriting a room', () => {
  it('R11 R23 compacts to what reads the same, under the same ids and clocks, without deleted words', () => {
    const room = fullRoom();
    const { snapshot, vector } = rewrite(room.job('compact'));
    const doc = loadDoc({ place, snapshot, tail: [] });
    expect(digestOf(doc, place)).toBe(digestOf(loadDoc(room.job('compact')), place));
    expect(Y.decodeStateVector(vector)).toEqual(Y.decodeStateVector(Y.encodeStateVector(room.docs[0])));
    expect(Buffer.from(Y.mergeUpdates(room.tail)).includes('a secret said too soon')).toBe(true);
    expect(Buffer.from(Y.encodeStateAsUpdate(doc)).includes('secret')).toBe(false);
    // Whoever was in the room goes on writing where they were.
    const { tail } = room;
    tail.length = 0;
    (textFragment(room.docs[1]).get(1) as Y.XmlElement).setAttribute('kind', 'quote');
    expect(digestOf(loadDoc({ place, snapshot, tail }), place)).toBe(
      digestOf(loadDoc({ place, snapshot: Y.encodeStateAsUpdateV2(room.docs[0]), tail: [] }), place),
    );
  });

  it('R24 flattens to what reads the same, by one author who is nobody', () => {
    const room = fullRoom();
    const { snapshot } = rewrite(room.job('flatten'));
    expect(writersIn(rewrite(room.job('compact')).snapshot)).toHaveLength(2);
    expect(writersIn(snapshot)).toEqual([SERVER_AUTHOR]);
    expect(digestOf(loadDoc({ place, snapshot, tail: [] }), place)).toBe(
      digestOf(loadDoc(room.job('compact')), place),
    );
    // Once flat it is as flat as it gets.
    expect(rewrite({ as: 'flatten', place, snapshot, tail: [] }).snapshot).toEqual(snapshot);
  });

  it('R24 flattens whatever two people wrote, formatted and took away at random', () => {
    const edit = fc.tuple(fc.nat(1), fc.nat(5), fc.nat(60), fc.nat(8));
    fc.assert(
      fc.property(fc.array(edit, { maxLength: 60 }), (edits) => {
        const room = twoWriters();
        textFragment(room.docs[0]).push([blockOf('paragraph', ['a first line to work on together'])]);
        for (const [who, what, at, length] of edits) {
          const fragment = textFragment(room.docs[who]!);
          const block = fragment.get(at % fragment.length) as Y.XmlElement;
          const text = block.get(0) as Y.XmlText;
          const from = Math.min(at, text.length);
          const count = Math.min(length, text.length - from);
          if (what === 0) text.insert(from, 'xyz'.repeat(length), length % 2 ? { bold: {} } : {});
          else if (what === 1) text.delete(from, count);
          else if (what === 2) text.format(from, count, { italic: at % 2 ? {} : null });
          else if (what === 3) fragment.insert(at % (fragment.length + 1), [blockOf('quote', ['new'])]);
          else if (what === 4) block.setAttribute('kind', at % 2 ? 'heading' : 'bullet');
          else if (fragment.length > 1) fragment.delete(at % fragment.length, 1);
        }
        const before = digestOf(loadDoc(room.job('compact')), place);
        for (const as of ['compact', 'flatten'] as const) {
          const { snapshot } = rewrite(room.job(as));
          expect(digestOf(loadDoc({ place, snapshot, tail: [] }), place)).toBe(before);
        }
      }),
      { numRuns: 150, seed: 20261121 },
    );
  });

  it('R24 leaves alone what holds something that no template knows any more', () => {
    const room = fullRoom();
    room.docs[0].getText('text:a field of long ago').insert(0, 'kept');
    expect(() => rewrite(room.job('flatten'))).toThrow('keeps its history');
    const { snapshot } = rewrite(room.job('compact'));
    expect(loadDoc({ place, snapshot, tail: [] }).getText('text:a field of long ago').toString()).toBe(
      'kept',
    );
  });

  it('R23 takes no snapshot that says anything else, be it one letter, one mark, one flag or one clock', () => {
    const room = fullRoom();
    const { snapshot, vector } = rewrite(room.job('compact'));
    const digest = digestOf(loadDoc(room.job('compact')), place);
    expect(() => verifySnapshot(place, snapshot, { digest, vector })).not.toThrow();
    const harms: ((doc: Y.Doc) => void)[] = [
      (doc) => ((textFragment(doc).get(0) as Y.XmlElement).get(0) as Y.XmlText).delete(0, 1),
      (doc) => ((textFragment(doc).get(1) as Y.XmlElement).get(0) as Y.XmlText).format(0, 1, { bold: {} }),
      (doc) => textFragment(doc).delete(textFragment(doc).length - 1, 1),
      (doc) => rowsField(doc, table.key).get(1).set('removed', false),
      (doc) => (rowsField(doc, table.key).get(2).get(textColumn) as Y.Text).insert(0, ' '),
    ];
    for (const harm of harms) {
      const doc = loadDoc({ place, snapshot, tail: [] });
      harm(doc);
      // With the vector of what it became: the digest alone must tell.
      const harmed = { digest, vector: Y.encodeStateVector(doc) };
      expect(() => verifySnapshot(place, Y.encodeStateAsUpdateV2(doc), harmed)).toThrow('read back');
    }
    const longer = new Map(Y.decodeStateVector(vector)).set(room.docs[0].clientID, 1);
    expect(() => verifySnapshot(place, snapshot, { digest, vector: Y.encodeStateVector(longer) })).toThrow();
  });

  it('R23 refuses a log with a hole', () => {
    const room = fullRoom();
    room.tail.splice(1, 1);
    expect(() => rewrite(room.job('compact'))).toThrow('hole');
  });
});

describe('the thread that rewrites', () => {
  const rewriter = createRewriter();
  afterAll(() => rewriter.close());

  it('R23 gives what rewriting here gives, several at once, one after another', async () => {
    const room = fullRoom();
    const asked = await Promise.all(
      (['compact', 'flatten', 'compact'] as const).map((as) => rewriter.run(() => room.job(as))),
    );
    expect(asked[0]!.snapshot).toEqual(rewrite(room.job('compact')).snapshot);
    expect(asked[1]!.snapshot).toEqual(rewrite(room.job('flatten')).snapshot);
    expect(asked[2]).toEqual(asked[0]);
    const { snapshot } = asked[0]!;
    expect((await rewriter.run(() => ({ as: 'compact', place, snapshot, tail: [] }))).snapshot).toEqual(
      snapshot,
    );
  });

  it('R23 fails the one job that cannot be done, and goes on', async () => {
    const room = fullRoom();
    const broken = { ...room.job('compact'), tail: [Uint8Array.of(1, 2, 3)] };
    const [bad, good] = await Promise.allSettled([
      rewriter.run(() => broken),
      rewriter.run(() => room.job('compact')),
    ]);
    expect([bad.status, good.status]).toEqual(['rejected', 'fulfilled']);
  });

  it('R23 survives a thread that dies or never answers: only its job fails', async () => {
    const scripts = [
      `setTimeout(() => process.exit(3), 50)`,
      `require('node:worker_threads').parentPort.on('message', () => { throw new Error('out of memory') })`,
      `setInterval(() => {}, 1000)`,
    ];
    const echo = `require('node:worker_threads').parentPort.on('message', () =>
      require('node:worker_threads').parentPort.postMessage({ ok: true, snapshot: new Uint8Array(1), vector: new Uint8Array(1) }))`;
    const fake = createRewriter(() => new Worker(scripts.shift() ?? echo, { eval: true, env: {} }), 2_000);
    const job = () => fullRoom().job('compact');
    const results = await Promise.allSettled([1, 2, 3, 4].map(() => fake.run(job)));
    expect(results.map((result) => (result.status === 'rejected' ? String(result.reason) : 'done'))).toEqual([
      expect.stringContaining('ended early (3)'),
      expect.stringContaining('out of memory'),
      expect.stringContaining('too long'),
      'done',
    ]);
    await fake.close();
    await expect(fake.run(job)).rejects.toThrow('stops');
  });

  it('R23 is handed the bytes of its job and no neighbour of them', () => {
    // Small buffers share one slab: as a message, a slice would take along whatever else lies there.
    const key = Buffer.from(randomBytes(32).toString('hex'));
    const update = Buffer.from(fullRoom().tail[0]!);
    expect(update.buffer).toBe(key.buffer);
    const packed = packJob({ as: 'compact', place, snapshot: null, tail: [update] });
    expect(packed.bytes.buffer.byteLength).toBe(update.length);
    expect(Buffer.from(packed.bytes.buffer).includes(key)).toBe(false);
  });
});

import { describe, expect, it } from '@jest/globals';
import * as Y from 'yjs';
import { Outbox } from './outbox.ts';
import { splitUpdate, type PushLimits } from './split-update.ts';

const limits: PushLimits = { bytes: 2_000, structs: 40, deleteRanges: 10 };

/** The updates that this doc sends while something is done in it. */
function updatesOf(doc: Y.Doc, act: () => void): Uint8Array[] {
  const updates: Uint8Array[] = [];
  const note = (update: Uint8Array) => void updates.push(update);
  doc.on('update', note);
  act();
  doc.off('update', note);
  return updates;
}

const paragraphs = (count: number, text: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => {
    const block = new Y.XmlElement('block');
    block.setAttribute('kind', 'paragraph');
    block.insert(0, [new Y.XmlText(text(index))]);
    return block;
  });

/** Takes each part in alone, as the server does: nothing may wait for a later one. */
function expectToAddUp(parts: readonly Uint8Array[], from: Y.Doc, to: Y.Doc): void {
  for (const part of parts) {
    Y.applyUpdate(from, part);
    expect(from.store.pendingStructs).toBeNull();
    expect(from.store.pendingDs).toBeNull();
  }
  expect(Y.encodeStateAsUpdate(from)).toEqual(Y.encodeStateAsUpdate(to));
}

function expectToFit(part: Uint8Array): void {
  const { structs, ds } = Y.decodeUpdate(part);
  expect(part.length).toBeLessThanOrEqual(limits.bytes);
  expect(structs.length).toBeLessThanOrEqual(limits.structs);
  const ranges = [...ds.clients.values()].flat().length + ds.clients.size;
  expect(ranges).toBeLessThanOrEqual(limits.deleteRanges);
}

/** Does it in a doc that others have too, and gives the parts that they are sent. */
function split(prepare: (doc: Y.Doc) => void, act: (doc: Y.Doc) => void) {
  const doc = new Y.Doc();
  prepare(doc);
  const others = new Y.Doc();
  Y.applyUpdate(others, Y.encodeStateAsUpdate(doc));
  const [update, ...more] = updatesOf(doc, () => act(doc));
  if (!update || more.length > 0) throw new Error('one edit is one update');
  const whole = new Y.Doc();
  Y.applyUpdate(whole, Y.encodeStateAsUpdate(others));
  Y.applyUpdate(whole, update);
  const parts = splitUpdate(update, limits).map((part) => part.update);
  return { doc, others, whole, update, parts };
}

describe('R33 an edit that does not fit one push', () => {
  it('stays whole where it does', () => {
    const { update, parts } = split(
      () => undefined,
      (doc) => doc.getText('text:note').insert(0, 'a few words'),
    );
    expect(parts).toEqual([update]);
  });

  it('goes in parts where many lines are pasted over a text that two wrote', () => {
    const { whole, others, parts } = split(
      (doc) => {
        for (const client of [7, 8]) {
          doc.clientID = client;
          for (let turn = 0; turn < 20; turn++)
            doc.getXmlFragment('text').insert(
              turn,
              paragraphs(1, () => `${client}`),
            );
        }
      },
      (doc) =>
        doc.transact(() => {
          doc.getXmlFragment('text').delete(0, 39);
          doc.getXmlFragment('text').insert(
            1,
            paragraphs(60, (index) => `line ${index}`),
          );
        }),
    );
    expect(parts.length).toBeGreaterThan(5);
    parts.forEach(expectToFit);
    expectToAddUp(parts, others, whole);
  });

  it('goes in parts where a large text that was deleted comes back by undo', () => {
    let undo: Y.UndoManager | null = null;
    const { doc, whole, others, parts } = split(
      (doc) => {
        const fragment = doc.getXmlFragment('text');
        fragment.insert(
          0,
          paragraphs(50, (index) => `line ${index}`),
        );
        undo = new Y.UndoManager(fragment);
        fragment.delete(0, 50);
      },
      () => undo?.undo(),
    );
    expect(doc.getXmlFragment('text').length).toBe(50);
    expect(parts.length).toBeGreaterThan(3);
    parts.forEach(expectToFit);
    expectToAddUp(parts, others, whole);
  });

  it('goes in parts where one line is longer than a push, with no character torn in two', () => {
    const line = 'a\u{1F333}'.repeat(3_000);
    const { whole, others, parts } = split(
      (doc) => doc.getText('text:note').insert(0, '()'),
      (doc) => doc.getText('text:note').insert(1, line),
    );
    parts.forEach(expectToFit);
    expectToAddUp(parts, others, whole);
    expect(parts.length).toBeGreaterThan(5);
    expect(others.getText('text:note').toString()).toBe(`(${line})`);
  });

  it('deletes last, so that a broken line leaves too much and not too little', () => {
    const { others, parts } = split(
      (doc) => doc.getText('text:note').insert(0, 'the old words'),
      (doc) =>
        doc.transact(() => {
          doc.getText('text:note').delete(0, 13);
          doc.getText('text:note').insert(0, 'x'.repeat(5_000));
        }),
    );
    for (const part of parts.slice(0, -1)) Y.applyUpdate(others, part);
    expect(others.getText('text:note').toString()).toContain('the old words');
  });
});

describe('an outbox', () => {
  it('R33 sends what does not fit one push in several, one after the other, also where one is lost with the line', () => {
    const doc = new Y.Doc();
    const outbox = new Outbox();
    const server = new Y.Doc();
    doc.on('update', (update: Uint8Array) => outbox.add(update));
    doc.getXmlFragment('text').insert(
      0,
      paragraphs(4_500, (index) => `line ${index}`),
    );
    const send = () => {
      const bytes = outbox.take();
      if (!bytes) return 0;
      Y.applyUpdate(server, bytes);
      expect(server.store.pendingStructs).toBeNull();
      return Y.decodeUpdate(bytes).structs.length;
    };
    expect(send()).toBe(6_000);
    outbox.acknowledge();
    expect(outbox.take()).not.toBeNull();
    outbox.returnToQueue();
    expect(send()).toBe(6_000);
    outbox.acknowledge();
    expect(outbox.isEmpty).toBe(false);
    expect(send()).toBe(6_000);
    outbox.acknowledge();
    expect(outbox.isEmpty).toBe(true);
    expect(send()).toBe(0);
    expect(Y.encodeStateAsUpdate(server)).toEqual(Y.encodeStateAsUpdate(doc));
  });
});

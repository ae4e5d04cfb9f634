import { randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { BLOCK_NODE, textFragment } from '@longtable/shared/documents/model/keys';
import { addRow } from '@longtable/shared/documents/model/rows';
import { sectionOf } from '@longtable/shared/documents/templates/templates';
import { LongtableError } from '@longtable/shared/errors';
import type { DocumentId, Lineage, RoomId, SeatId } from '@longtable/shared/ids';
import { MAX_ROWS } from '@longtable/shared/limits';
import type { RoomBatch } from './engine-events.ts';
import fc from 'fast-check';
import * as Y from 'yjs';
import { createLogger } from '../../platform/logger.ts';
import { createMemoryKeyring } from '../../platform/memory-keyring.ts';
import { createMetrics } from '../../platform/metrics.ts';
import { createMemoryUpdateStore } from './memory-update-store.ts';
import { noRelay } from '../../platform/room-relay.ts';
import { createRoomsEngine, type RoomsEngine, type Visitor } from './rooms-engine.ts';
import type { UpdateStore } from './update-store.ts';

const section = sectionOf('plan', 'what-we-will-do');
const field = section.fields.find(({ kind }) => kind === 'rows');
if (field?.kind !== 'rows') throw new Error('the section under test has a table');
const rowField = field;

interface Node {
  engine: RoomsEngine;
  /** What its visitors were sent. */
  batches: RoomBatch[];
  failures: number;
}

/** Nodes over one store that hear nothing of each other. */
function setUp() {
  const store = createMemoryUpdateStore();
  const keyring = createMemoryKeyring();
  const room = randomUUID() as RoomId;
  const lineage = randomUUID() as Lineage;
  store.addRoom({
    id: room,
    documentId: randomUUID() as DocumentId,
    kind: 'plan',
    section: section.key,
    circleId: null,
    lineage,
    epoch: 1,
    headSeq: 0,
  });
  const startNode = (wrap: (inner: UpdateStore) => UpdateStore = (inner) => inner): Node => {
    const node: Node = { engine: undefined as never, batches: [], failures: 0 };
    node.engine = createRoomsEngine({
      store: wrap(store),
      keyring,
      logger: createLogger({ level: 'silent' }),
      metrics: createMetrics(),
      events: {
        batch: (message) => node.batches.push(message),
        head: () => {},
        reopened: () => {},
        failed: () => void (node.failures += 1),
      },
      relay: noRelay,
    });
    return node;
  };
  const newSeat = (): SeatId => {
    const seat = randomUUID() as SeatId;
    store.grant(room, seat, true);
    return seat;
  };
  return { store, room, lineage, startNode, newSeat };
}

type Setup = ReturnType<typeof setUp>;

/** One browser tab on one node; with `held` it is one that comes back from another. */
async function openTab(
  { engine }: Node,
  { room, lineage, newSeat }: Setup,
  held: { doc?: Y.Doc; tickets?: string[]; seat?: SeatId } = {},
) {
  const { doc = new Y.Doc(), tickets = [], seat = newSeat() } = held;
  const visitor: Visitor = { id: randomUUID(), seat };
  const stateVector = Buffer.from(Y.encodeStateVector(doc)).toString('base64');
  const joined = await engine.join(visitor, { room, lineage, tickets, stateVector }, () => {});
  for (const { encoding, bytes } of joined.missing)
    (encoding === 'v2' ? Y.applyUpdateV2 : Y.applyUpdate)(doc, Buffer.from(bytes, 'base64'));
  doc.clientID = joined.clientId;
  const change = (edit: (doc: Y.Doc) => void): Uint8Array => {
    const before = Y.encodeStateVector(doc);
    doc.transact(() => edit(doc));
    return Y.encodeStateAsUpdate(doc, before);
  };
  const push = (bytes: Uint8Array) =>
    engine.push(visitor, { room, lineage, clientSeq: 1, bytes: Buffer.from(bytes).toString('base64') }).then(
      ({ seq }): number | string => seq,
      (error: unknown) => (error instanceof LongtableError ? error.code : String(error)),
    );
  return { doc, seat, joined, change, push, write: (text: string) => push(change((d) => addBlock(d, text))) };
}

function addBlock(doc: Y.Doc, text: string): void {
  const block = new Y.XmlElement(BLOCK_NODE);
  block.setAttribute('kind', 'paragraph');
  block.insert(0, [new Y.XmlText(text)]);
  textFragment(doc).push([block]);
}

const textOf = (doc: Y.Doc) =>
  textFragment(doc)
    .toArray()
    .map((block) => (block as Y.XmlElement).toArray().map(String).join(''));

const readAt = async (node: Node, setup: Setup) => textOf((await openTab(node, setup)).doc);

/** Everything in the log, as one who hears it in order. */
async function readLog({ store, room }: Setup) {
  const state = (await store.load(room))!;
  const doc = new Y.Doc();
  if (state.snapshot) Y.applyUpdateV2(doc, state.snapshot);
  for (const { bytes } of state.tail) Y.applyUpdate(doc, bytes);
  return { doc, updates: state.tail.map(({ bytes }) => bytes), seqs: state.tail.map(({ seq }) => seq) };
}

describe('two nodes that hear nothing of each other', () => {
  it('R40 commits only on top of what the other committed, which visitors here are sent first', async () => {
    const setup = setUp();
    const [one, other] = [setup.startNode(), setup.startNode()];
    const [ours, theirs] = [await openTab(one, setup), await openTab(other, setup)];
    expect(await ours.write('first')).toBe(1);
    expect(await theirs.write('second')).toBe(2);
    expect(await ours.write('third')).toBe(3);
    expect(one.batches.map(({ fromSeq, toSeq }) => [fromSeq, toSeq])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
    ]);
    expect(other.batches.map(({ fromSeq, toSeq }) => [fromSeq, toSeq])).toEqual([
      [1, 1],
      [2, 2],
    ]);
    expect((await readLog(setup)).seqs).toEqual([1, 2, 3]);
  });

  it('R40 whoever comes from the other node finds everything that they saw there', async () => {
    const setup = setUp();
    const [one, other] = [setup.startNode(), setup.startNode()];
    await openTab(other, setup);
    const tab = await openTab(one, setup);
    await tab.write('seen and then moved');
    const again = await openTab(other, setup, { ...tab, tickets: [tab.joined.ticket] });
    expect(again.joined.seq).toBe(1);
    expect(await again.write('goes on')).toBe(2);
    expect(await readAt(one, setup)).toEqual(['seen and then moved', 'goes on']);
  });

  it('R5 R40 stores once what one tab sends to both, the second a repeat', async () => {
    const setup = setUp();
    const [one, other] = [setup.startNode(), setup.startNode()];
    const tab = await openTab(one, setup);
    const words = tab.change((doc) => addBlock(doc, 'once'));
    const again = await openTab(other, setup, { ...tab, doc: new Y.Doc(), tickets: [tab.joined.ticket] });
    expect(await tab.push(words)).toBe(1);
    expect(await again.push(words)).toBe(1);
    expect((await readLog(setup)).seqs).toEqual([1]);
  });

  it('R13 R40 never commits two different texts under one clock of one writer', async () => {
    const setup = setUp();
    const [one, other] = [setup.startNode(), setup.startNode()];
    const tab = await openTab(one, setup);
    const fork = await openTab(other, setup, { seat: tab.seat, tickets: [tab.joined.ticket] });
    fork.doc.clientID = tab.doc.clientID;
    expect(await tab.write('said here')).toBe(1);
    await fork.write('and longer, said there');
    const { doc, updates } = await readLog(setup);
    const used = new Map<number, number>();
    for (const update of updates) {
      const { from, to } = Y.parseUpdateMeta(update);
      for (const [client, clock] of from) expect(clock).toBeGreaterThanOrEqual(used.get(client) ?? 0);
      for (const [client, clock] of to) used.set(client, clock);
    }
    const merged = new Y.Doc();
    Y.applyUpdate(merged, Y.mergeUpdates(updates));
    expect(textOf(merged)).toEqual(textOf(doc));
    expect(textOf(doc)[0]).toBe('said here');
    for (const node of [one, other, setup.startNode()])
      expect(await readAt(node, setup)).toEqual(textOf(doc));
  });

  it('R17 R40 lets no two nodes together put into a section more than it takes', async () => {
    const setup = setUp();
    const [one, other] = [setup.startNode(), setup.startNode()];
    const fill = (rows: number) => (doc: Y.Doc) => {
      for (let row = 0; row < rows; row += 1) addRow(doc, rowField);
    };
    const first = await openTab(one, setup);
    expect(await first.push(first.change(fill(MAX_ROWS - 1)))).toBe(1);
    const [ours, theirs] = [await openTab(one, setup), await openTab(other, setup)];
    expect(await ours.push(ours.change(fill(1)))).toBe(2);
    expect(await theirs.push(theirs.change(fill(1)))).toBe('badContent');
  });

  it('R15 puts visitors out to join again where the other has compacted what this one lacks', async () => {
    const setup = setUp();
    const [one, other] = [setup.startNode(), setup.startNode()];
    const [ours, theirs] = [await openTab(one, setup), await openTab(other, setup)];
    await ours.write('first');
    await ours.write('second');
    await one.engine.close();
    const { seqs } = await readLog(setup);
    expect(seqs).toEqual([]);
    expect(await theirs.write('third')).toBe('unavailable');
    expect(other.failures).toBe(1);
    const again = await openTab(other, setup, { ...theirs, tickets: [theirs.joined.ticket] });
    expect(textOf(again.doc)).toEqual(expect.arrayContaining(['first', 'second']));
    const pending = Y.encodeStateAsUpdate(again.doc, Buffer.from(again.joined.stateVector, 'base64'));
    expect(await again.push(pending)).toBe(3);
  });

  it('R1 R40 all copies agree, whoever writes where and in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(3), fc.nat(2), fc.nat(6)), { minLength: 4, maxLength: 24 }),
        async (edits) => {
          const setup = setUp();
          const nodes = [setup.startNode(), setup.startNode()];
          const tabs = await Promise.all([0, 1, 0, 1].map((node) => openTab(nodes[node]!, setup)));
          const pushes = edits.map(([tab, kind, at]) => {
            const { doc, change, push } = tabs[tab]!;
            const first = textFragment(doc).get(0) as Y.XmlElement | undefined;
            const text = first?.get(0) as Y.XmlText | undefined;
            const edit = (d: Y.Doc) => {
              if (!text || kind === 0) addBlock(d, `block ${at}`);
              else if (kind === 1) text.insert(Math.min(at, text.length), 'xyz');
              else if (text.length > 0) text.delete(0, 1);
            };
            return push(change(edit));
          });
          for (const result of await Promise.all(pushes)) expect(typeof result).toBe('number');
          const { doc, seqs } = await readLog(setup);
          expect(seqs).toEqual(seqs.map((_, index) => index + 1));
          for (const node of [...nodes, setup.startNode()])
            expect(await readAt(node, setup)).toEqual(textOf(doc));
          for (const { doc: own } of tabs)
            for (const node of nodes)
              for (const { bytes } of node.batches) Y.applyUpdate(own, Buffer.from(bytes, 'base64'));
          for (const tab of tabs) expect(textOf(tab.doc)).toEqual(textOf(doc));
        },
      ),
      { numRuns: 60, seed: 20261121 },
    );
  });
});

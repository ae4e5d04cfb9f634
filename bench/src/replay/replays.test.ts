import { describe, expect, it } from '@jest/globals';
import * as Y from 'yjs';
import { addBlock, readText } from './block-text.ts';
import { replayConcurrent } from './concurrent.ts';
import { replaySequential } from './sequential.ts';
import { parseTrace } from './trace.ts';
import type { Writer } from './writer.ts';

interface Room {
  writers: Writer[];
  /** Resolves when everything written has reached everyone. */
  settled(): Promise<void>;
}

/**
 * Documents joined by a slow post: what one writes reaches the others later, in order. Every now and then
 * a writer gets a new clientID, as after joining again.
 */
function createRoom(count: number, rejoinEvery = Number.POSITIVE_INFINITY): Room {
  const docs = Array.from({ length: count }, () => new Y.Doc());
  const changed = new Set<() => void>();
  let post: Promise<unknown> = Promise.resolve();
  docs.forEach((doc, from) => {
    let written = 0;
    doc.on('update', (update: Uint8Array, _origin: unknown, _doc: Y.Doc, transaction: Y.Transaction) => {
      for (const ask of [...changed]) ask();
      if (!transaction.local) return;
      written += 1;
      if (written % rejoinEvery === 0) queueMicrotask(() => (doc.clientID = 1_000 * (from + 1) + written));
      post = post
        .then(() => new Promise(setImmediate))
        .then(() => {
          for (const other of docs) if (other !== doc) Y.applyUpdate(other, update);
        });
    });
  });
  const until = (condition: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const ask = () => {
        if (!condition()) return;
        changed.delete(ask);
        resolve();
      };
      changed.add(ask);
      ask();
    });
  const writers = docs.map((doc): Writer => ({ doc, until, ready: () => new Promise(setImmediate) }));
  if (docs[0]) addBlock(docs[0]);
  return {
    writers,
    settled: async () => {
      for (let last: unknown = null; last !== post; await post) last = post;
    },
  };
}

const replay = (raw: object, count: number, rejoinEvery?: number) =>
  replayIn(createRoom(count, rejoinEvery), raw);

async function replayIn(room: Room, raw: object): Promise<string[]> {
  const trace = parseTrace(JSON.stringify(raw));
  await room.settled();
  if (trace.kind === 'sequential') await replaySequential(trace.txns, trace.isBmp, room.writers, () => {});
  else await replayConcurrent(trace.agents, trace.isBmp, room.writers, () => {});
  await room.settled();
  return room.writers.map(({ doc }) => readText(doc));
}

const txn = (parents: number[], agent: number, ...patches: [number, number, string][]) => ({
  parents,
  agent,
  patches,
});

describe('replaying a sequential session', () => {
  it('counts positions in code points, and hands over from client to client', async () => {
    const typed = Array.from({ length: 4_100 }, (_, nth) => ({
      patches: [[nth, 0, nth % 5 === 0 ? '🪑' : 'a']],
    }));
    const raw = {
      endContent: '',
      txns: [
        ...typed,
        {
          patches: [
            [0, 4_095, ''],
            [1, 1, 'é'],
            [0, 1, '🪁'],
          ],
        },
      ],
    };
    expect(await replay(raw, 3)).toEqual(['🪁éaaa', '🪁éaaa', '🪁éaaa']);
  });

  it('refuses an edit beyond the text', async () => {
    const raw = { endContent: '', txns: [{ patches: [[0, 0, '🪑']] }, { patches: [[1, 1, '']] }] };
    await expect(replay(raw, 1)).rejects.toThrow(/points beyond the text/);
  });
});

describe('replaying a concurrent session', () => {
  it('reads positions in the text as the author saw it, not as it is by then', async () => {
    const raw = {
      kind: 'concurrent',
      numAgents: 3,
      endContent: '',
      txns: [
        txn([], 0, [0, 0, 'table chair']),
        // All three write on from 0, knowing nothing of each other.
        txn([0], 0, [0, 5, 'Long table']),
        txn([0], 1, [11, 0, 's 🪑🪑']),
        txn([0], 2, [6, 1, 'C']),
        // The second agent has read the third's; the third has read the first's; the first reads all.
        txn([2, 3], 1, [13, 1, ''], [6, 0, 'red ']),
        txn([1, 3], 2, [10, 0, ', long']),
        txn([4, 5], 0, [28, 1, '🪁']),
      ],
    };
    expect(new Set(await replay(raw, 3))).toEqual(new Set(['Long table, long red Chairs 🪁']));
  });

  it.each([
    [1, 2],
    [2, 1],
  ])('inserts where the caret stood, whoever has the smaller clientID (%d, %d)', async (...clientIds) => {
    // One replaces the full stop while the other writes on behind it; then the first writes on, having read half.
    const raw = {
      kind: 'concurrent',
      numAgents: 2,
      endContent: '',
      txns: [
        txn([], 0, [0, 0, 'the 90s.']),
        txn([0], 1, [8, 0, ' ']),
        txn([1], 1, [9, 0, 'The']),
        txn([0], 0, [7, 1, '']),
        txn([3], 0, [7, 0, ', hu']),
        txn([1, 4], 0, [11, 0, 'h?']),
      ],
    };
    const room = createRoom(2);
    room.writers.forEach(({ doc }, nth) => (doc.clientID = clientIds[nth] ?? 0));
    expect(await replayIn(room, raw)).toEqual(['the 90s, huh? The', 'the 90s, huh? The']);
  });

  it('gives the same text when clients join again in the middle, and when others only read along', async () => {
    const txns = [txn([], 0, [0, 0, '0'])];
    const last = [0, 0];
    const written = [0, 0];
    let readByFirst = 0;
    // One agent writes at the end, the other at the start, and every third time they read each other.
    for (let round = 0; round < 60; round++) {
      const isMeeting = round % 3 === 0;
      if (isMeeting) readByFirst = written[1] ?? 0;
      const patches: [number, number, string][] = [
        [1 + (written[0] ?? 0) + readByFirst, 0, 'z'],
        [0, 0, '🪑'],
      ];
      const parents = last.map((own) => (isMeeting ? [...last] : [own]));
      [0, 1].forEach((agent) => {
        last[agent] = txns.length;
        written[agent] = (written[agent] ?? 0) + 1;
        txns.push(txn(parents[agent] ?? [], agent, patches[agent] ?? [0, 0, '']));
      });
    }
    const texts = await replay({ kind: 'concurrent', numAgents: 2, endContent: '', txns }, 4, 7);
    expect(new Set(texts)).toEqual(new Set([`${'🪑'.repeat(60)}0${'z'.repeat(60)}`]));
  });
});

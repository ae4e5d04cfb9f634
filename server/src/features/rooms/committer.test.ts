import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Lineage, RoomId, SeatId } from '@longtable/shared/ids';
import { pino } from 'pino';
import * as Y from 'yjs';
import { createMetrics } from '../../platform/metrics.ts';
import { createCommitter } from './committer.ts';
import type { CommitOutcome, Queued } from './rows.ts';
import type { UpdateStore, Write, WriteResult } from './update-store.ts';

describe('the committer', () => {
  let nowMs: number;
  let batches: RoomId[][];
  let refused: Set<SeatId>;
  let committer: ReturnType<typeof createCommitter>;
  const [busy, quiet] = [randomUUID() as RoomId, randomUUID() as RoomId];

  beforeEach(() => {
    jest.useFakeTimers({ doNotFake: ['performance', 'nextTick', 'queueMicrotask'] });
    nowMs = 1_000;
    jest.spyOn(performance, 'now').mockImplementation(() => nowMs);
    batches = [];
    refused = new Set();
    const commit = (writes: Write[]): Promise<WriteResult[]> => {
      batches.push(writes.map(({ room }) => room));
      return Promise.resolve(
        writes.map(({ seats }, index) =>
          seats.some((seat) => refused.has(seat))
            ? { ok: false, code: 'notFound' }
            : { ok: true, seq: index + 1 },
        ),
      );
    };
    committer = createCommitter(
      { commit } as unknown as UpdateStore,
      { logger: pino({ enabled: false }), metrics: createMetrics() },
      () => Promise.resolve(),
    );
  });
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  /** Each write is of a copy, and so a row, of its own unless told. */
  const add = (room: RoomId, hearers: number, change: Partial<Queued> = {}): void =>
    committer.add({
      copy: {},
      room,
      lineage: randomUUID() as Lineage,
      seat: randomUUID() as SeatId,
      bytes: new Uint8Array(2),
      hearers,
      isOrphan: () => false,
      settle: () => {},
      ...change,
    });
  const pass = async (ms: number) => {
    await jest.advanceTimersByTimeAsync(0);
    nowMs += ms;
    await jest.advanceTimersByTimeAsync(ms);
  };

  it('R3 collects what comes soon after a batch where many hear of it', async () => {
    add(busy, 40);
    await pass(1);
    expect(batches).toEqual([[busy]]);
    add(busy, 40);
    await pass(10);
    add(busy, 40);
    await pass(6);
    expect(batches).toHaveLength(1);
    await pass(2);
    expect(batches).toEqual([[busy], [busy, busy]]);
  });

  it('R3 lets nobody wait after a pause, nor where few listen', async () => {
    add(busy, 40);
    await pass(21);
    add(busy, 40);
    await pass(0);
    expect(batches).toHaveLength(2);
    add(quiet, 8);
    await pass(1);
    add(quiet, 8);
    await pass(1);
    expect(batches).toEqual([[busy], [busy], [quiet], [quiet]]);
  });

  it('R3 lets a quiet room go ahead while a busy one collects', async () => {
    add(busy, 40);
    await pass(1);
    add(busy, 40);
    await pass(1);
    add(quiet, 2);
    await pass(1);
    expect(batches).toEqual([[busy], [quiet]]);
    await pass(20);
    expect(batches).toEqual([[busy], [quiet], [busy]]);
  });

  it('R3 puts the writes of many rooms into few transactions', async () => {
    for (let ms = 0; ms < 2_000; ms++) {
      add(randomUUID() as RoomId, 5);
      await pass(1);
    }
    const late = batches.slice(-20).map(({ length }) => length);
    expect(Math.max(...late)).toBeLessThanOrEqual(11);
    expect(Math.min(...late)).toBeGreaterThanOrEqual(6);
  });

  it('R1 makes one row of what a room’s people have written meanwhile, with one sequence', async () => {
    const copy = {};
    const outcomes: CommitOutcome[] = [];
    const docs = [1, 2].map((clientID) => Object.assign(new Y.Doc(), { clientID }));
    docs.forEach((doc, index) => doc.getText().insert(0, `${index}`));
    const parts = docs.map((doc) => Y.encodeStateAsUpdate(doc));
    for (const bytes of parts) add(busy, 40, { copy, bytes, settle: (outcome) => outcomes.push(outcome) });
    await pass(1);
    expect(batches).toEqual([[busy]]);
    const update = { seq: 1, bytes: Y.mergeUpdates(parts), parts };
    expect(outcomes).toEqual([
      { ok: true, update },
      { ok: true, update },
    ]);
  });

  it('R7 refuses the one who may no longer write, and not those who wrote beside them', async () => {
    const copy = {};
    const outcomes: string[] = [];
    const seats = [1, 2, 3].map(() => randomUUID() as SeatId);
    refused.add(seats[1]!);
    for (const [index, seat] of seats.entries()) {
      const settle = (outcome: CommitOutcome) => outcomes.push(`${index} ${outcome.ok || outcome.code}`);
      add(busy, 40, { copy, seat, settle });
    }
    await pass(1);
    expect(batches).toEqual([[busy], [busy], [busy], [busy]]);
    expect(outcomes).toEqual(['0 true', '1 notFound', '2 true']);
  });

  it('R1 keeps the order of a room, and takes at most 500 writes at once', async () => {
    for (let i = 0; i < 1_100; i++) add(busy, 2);
    await pass(50);
    await pass(50);
    await pass(50);
    expect(batches.map(({ length }) => length)).toEqual([500, 500, 100]);
    expect(committer.queued).toBe(0);
  });
});

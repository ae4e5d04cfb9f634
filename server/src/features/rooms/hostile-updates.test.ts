import { randomUUID } from 'node:crypto';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it, jest } from '@jest/globals';
import { LongtableError } from '@longtable/shared/errors';
import type { DocumentId, Lineage, RoomId, SeatId } from '@longtable/shared/ids';
import { BLOCK_NODE, textFragment } from '@longtable/shared/documents/model/keys';
import { sectionOf } from '@longtable/shared/documents/templates/templates';
import fc from 'fast-check';
import * as Y from 'yjs';
import { readTestEnv } from '../../env.ts';
import { createLogger } from '../../platform/logger.ts';
import { createMemoryKeyring } from '../../platform/memory-keyring.ts';
import { createMetrics } from '../../platform/metrics.ts';
import { forgeDelete, forgedUpdates } from '../../testing/rooms/forge.ts';
import { mutations, renamed } from '../../testing/rooms/mutated.ts';
import { inspectUpdate } from './inspect-update.ts';
import { createMemoryUpdateStore } from './memory-update-store.ts';
import { noRelay } from '../../platform/room-relay.ts';
import { createRoomsEngine } from './rooms-engine.ts';

const { fuzzTimes, fuzzSeed } = readTestEnv();
jest.setTimeout(60_000 * fuzzTimes);

/** One room of an engine without a database, and people who sit down in it. */
function openRoom() {
  const store = createMemoryUpdateStore();
  const room = randomUUID() as RoomId;
  const lineage = randomUUID() as Lineage;
  store.addRoom({
    id: room,
    documentId: randomUUID() as DocumentId,
    kind: 'plan',
    section: sectionOf('plan', 'what-we-will-do').key,
    circleId: null,
    lineage,
    epoch: 1,
    headSeq: 0,
  });
  const engine = createRoomsEngine({
    store,
    keyring: createMemoryKeyring(),
    logger: createLogger({ level: 'silent' }),
    metrics: createMetrics(),
    events: { batch: () => {}, head: () => {}, reopened: () => {}, failed: () => {} },
    relay: noRelay,
  });
  const sit = async () => {
    const visitor = { id: randomUUID(), seat: randomUUID() as SeatId };
    store.grant(room, visitor.seat, true);
    const doc = new Y.Doc();
    const { clientId, missing } = await engine.join(visitor, { room }, () => {});
    for (const { encoding, bytes } of missing)
      (encoding === 'v2' ? Y.applyUpdateV2 : Y.applyUpdate)(doc, Buffer.from(bytes, 'base64'));
    doc.clientID = clientId;
    const push = (bytes: Uint8Array) =>
      engine.push(visitor, { room, lineage, clientSeq: 1, bytes: Buffer.from(bytes).toString('base64') });
    const change = (edit: (blocks: Y.XmlFragment) => void): Uint8Array => {
      const before = Y.encodeStateVector(doc);
      doc.transact(() => edit(textFragment(doc)));
      return Y.encodeStateAsUpdate(doc, before);
    };
    return { clientId, doc, push, change, leave: () => engine.leave(visitor, room) };
  };
  /** What the database has, and no more, as somebody reads it who follows the log. */
  const follower = new Y.Doc();
  let seq = 0;
  const stored = async (): Promise<Y.Doc> => {
    for (const update of (await store.readSince(room, lineage, seq)) ?? []) {
      Y.applyUpdate(follower, update.bytes);
      ({ seq } = update);
    }
    return follower;
  };
  return { sit, stored };
}

const addBlock = (words: string) => (blocks: Y.XmlFragment) => {
  const block = new Y.XmlElement(BLOCK_NODE);
  block.setAttribute('kind', 'paragraph');
  block.insert(0, [new Y.XmlText(words)]);
  blocks.push([block]);
};

const firstText = (blocks: Y.XmlFragment) => (blocks.get(0) as Y.XmlElement).get(0) as Y.XmlText;

const lastText = (blocks: Y.XmlFragment) =>
  (blocks.get(blocks.length - 1) as Y.XmlElement).get(0) as Y.XmlText;

const textOf = (doc: Y.Doc): string => textFragment(doc).toString();

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'accepted',
    (error: unknown) => (error instanceof LongtableError ? error.code : `not ours: ${String(error)}`),
  );

interface Letter {
  letter: string;
  /** Of itself, and of all it stands in. */
  ids: { client: number; clock: number }[];
}

/** A writer's letters that are there, by clock. */
function lettersOf(doc: Y.Doc, client: number): Map<number, Letter> {
  const letters = new Map<number, Letter>();
  for (const item of doc.store.clients.get(client) ?? []) {
    if (!(item instanceof Y.Item) || item.deleted || !(item.content instanceof Y.ContentString)) continue;
    const around: Y.ID[] = [];
    for (let { parent } = item; parent instanceof Y.AbstractType && parent._item; { parent } = parent._item)
      around.push(parent._item.id);
    [...item.content.str].forEach((letter, i) => {
      const clock = item.id.clock + i;
      letters.set(clock, { letter, ids: [{ client, clock }, ...around] });
    });
  }
  return letters;
}

/** Whether an update asks by name for the deletion of one of these. */
function isAsked(update: Uint8Array, ids: Letter['ids']): boolean {
  const { ds } = Y.decodeUpdate(update);
  return ids.some(({ client, clock }) =>
    (ds.clients.get(client) ?? []).some((range) => range.clock <= clock && clock < range.clock + range.len),
  );
}

describe('hostile updates', () => {
  it('R4 R6 R18 never change what another person wrote, beyond deleting what is there to be deleted', async () => {
    const { sit, stored } = openRoom();
    const victim = await sit();
    await victim.push(victim.change(addBlock('what somebody wrote')));
    await victim.push(victim.change((blocks) => firstText(blocks).insert(4, 'exactly ')));
    const outcomes = new Map<string, number>();

    await fc.assert(
      fc.asyncProperty(
        fc.nat(4),
        fc.nat(3),
        mutations([1, victim.clientId, 2 ** 32 - 1]),
        async (act, forgery, mutate) => {
          const attacker = await sit();
          if (forgery === 0) attacker.doc.clientID = victim.clientId;
          const written = attacker.change((blocks) => {
            if (act === 0) addBlock('a paragraph')(blocks);
            else if (act === 1) firstText(blocks).insert(6, 'NOT ');
            else if (act === 2) firstText(blocks).insert(0, 'x', { bold: {} });
            else if (act === 3) (blocks.get(0) as Y.XmlElement).setAttribute('kind', 'heading');
            else firstText(blocks).insert(firstText(blocks).length, 'and this');
          });
          const named = forgery === 1 ? renamed(written, attacker.clientId, victim.clientId) : written;
          const bytes = mutate(named);
          const before = lettersOf(await stored(), victim.clientId);
          const clocks = Y.encodeStateVector(await stored());
          const code = await codeOf(attacker.push(bytes));
          outcomes.set(code, (outcomes.get(code) ?? 0) + 1);
          const after = await stored();
          if (code === 'accepted') {
            const now = lettersOf(after, victim.clientId);
            for (const [clock, { letter, ids }] of before) {
              if (now.get(clock)?.letter !== letter)
                expect(now.has(clock) || !isAsked(bytes, ids)).toBe(false);
            }
            for (const clock of now.keys()) expect(before.has(clock)).toBe(true);
          } else {
            expect(code).not.toMatch(/not ours|internal|unavailable/);
            expect(Y.encodeStateVector(after)).toEqual(clocks);
            expect(lettersOf(after, victim.clientId)).toEqual(before);
          }

          // And what the victim types next arrives.
          const length = textOf(await stored()).length;
          const mark = String.fromCodePoint(0x4e00 + (length % 5_000));
          const typed = victim.change((blocks) => lastText(blocks).insert(0, mark));
          expect(await codeOf(victim.push(typed))).toBe('accepted');
          expect(textOf(await stored())).toContain(mark);
          attacker.leave();
        },
      ),
      { numRuns: 300 * fuzzTimes, seed: fuzzSeed },
    );
    expect(outcomes.get('accepted')).toBeGreaterThan(5);
    expect(outcomes.get('badRequest')).toBeGreaterThan(5);
    expect(outcomes.get('notOwner')).toBeGreaterThan(5);
    expect(outcomes.get('resync')).toBeGreaterThan(5);
  });

  it('R6 R18 cannot delete what a person has not written yet, however the range is written', async () => {
    const { sit, stored } = openRoom();
    const victim = await sit();
    await victim.push(victim.change(addBlock('here')));
    const attacker = await sit();
    await fc.assert(
      fc.asyncProperty(fc.maxSafeNat(), fc.maxSafeNat(), async (clock, length) => {
        const end = Y.getState(victim.doc.store, victim.clientId);
        const code = await codeOf(attacker.push(forgeDelete(victim.clientId, end + (clock % 50), length)));
        expect(['resync', 'badRequest', 'tooFast']).toContain(code);
      }),
      { numRuns: 200 * fuzzTimes, seed: fuzzSeed },
    );
    await victim.push(victim.change((blocks) => firstText(blocks).insert(4, ' and still here')));
    expect(textOf(await stored())).toContain('here and still here');
  });
});

const TRIES = 5;

/**
 * Counted, not timed: what is new on the heap after the work. Nothing is collected meanwhile, being too little. The
 * least of some tries, since the test's own process does other things too.
 */
function allocatedBytes(work: () => void): number {
  const tries = Array.from({ length: TRIES }, () => {
    collect();
    const before = heldBytes();
    work();
    return heldBytes() - before;
  });
  return Math.min(...tries);
}

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
const heldBytes = (): number => {
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
};

/** What any call may cost: an error with its stack, and what else the test's process does meanwhile. */
const FREE_BYTES = 262_144;
const TIMES_OWN_SIZE = 16;

describe('an update that is refused', () => {
  const known = { clockOf: () => 0, committedClockOf: () => 1_000_000, isOwner: () => true };

  it.each(Object.entries(forgedUpdates(7)))('R18 builds nothing of %s', (_name, bytes) => {
    let refusal: unknown;
    const inspect = () => {
      try {
        inspectUpdate(bytes, known);
      } catch (error) {
        refusal = error;
      }
    };
    inspect();
    expect(refusal).toBeInstanceOf(LongtableError);
    expect(allocatedBytes(inspect)).toBeLessThan(bytes.length * TIMES_OWN_SIZE + FREE_BYTES);
  });

  it('R18 would have cost many times its size, had Yjs been asked first', () => {
    const nested = forgedUpdates(7)['empty lists in a list']!;
    let held: unknown;
    expect(allocatedBytes(() => (held = Y.decodeUpdate(nested)))).toBeGreaterThan(
      nested.length * TIMES_OWN_SIZE,
    );
    expect(held).toBeDefined();
  });
});

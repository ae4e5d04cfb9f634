import { randomUUID } from 'node:crypto';
import { BLOCK_NODE, textFragment } from '@longtable/shared/documents/model/keys';
import { sectionOf } from '@longtable/shared/documents/templates/templates';
import { LongtableError } from '@longtable/shared/errors';
import type { DocumentId, Lineage, RoomId, SeatId } from '@longtable/shared/ids';
import * as Y from 'yjs';
import { createMemoryUpdateStore } from '../features/rooms/memory-update-store.ts';
import type { Rewriter } from '../features/rooms/rewriter.ts';
import type { RoomBatch } from '../features/rooms/engine-events.ts';
import { createRoomsEngine, type RoomsEngine, type Visitor } from '../features/rooms/rooms-engine.ts';
import type { UpdateStore } from '../features/rooms/update-store.ts';
import { createLogger } from '../platform/logger.ts';
import { createMemoryKeyring } from '../platform/memory-keyring.ts';
import { createMetrics } from '../platform/metrics.ts';
import { noRelay } from '../platform/room-relay.ts';

/** A section with a table. */
export const SECTION = sectionOf('plan', 'what-we-will-do');

/** One room over the memory store; `start` makes a server of it, as often as it is killed. */
export function setUpRoom() {
  const store = createMemoryUpdateStore();
  const keyring = createMemoryKeyring();
  const room = randomUUID() as RoomId;
  store.addRoom({
    id: room,
    documentId: randomUUID() as DocumentId,
    kind: 'plan',
    section: SECTION.key,
    circleId: null,
    lineage: randomUUID() as Lineage,
    epoch: 1,
    headSeq: 0,
  });
  const batches: { message: RoomBatch; writer: string | null }[] = [];
  const failed: RoomId[] = [];
  const start = (
    wrap: (inner: UpdateStore) => UpdateStore = (inner) => inner,
    options: { rewriter?: Rewriter } = {},
  ): RoomsEngine =>
    createRoomsEngine({
      ...options,
      store: wrap(store),
      keyring,
      logger: createLogger({ level: 'silent' }),
      metrics: createMetrics(),
      events: {
        batch: (message, writer) => batches.push({ message, writer }),
        head: () => {},
        reopened: () => {},
        failed: (id) => failed.push(id),
      },
      relay: noRelay,
    });
  const sit = (canWrite = true): Visitor => {
    const seat = randomUUID() as SeatId;
    store.grant(room, seat, canWrite);
    return { id: randomUUID(), seat };
  };
  return { store, room, batches, failed, start, sit };
}

export type RoomSetup = ReturnType<typeof setUpRoom>;

/** A person at a keyboard: joins, types, and pushes by hand. */
export async function openTab(
  engine: RoomsEngine,
  { room }: RoomSetup,
  visitor: Visitor,
  held?: { doc: Y.Doc; lineage: Lineage; tickets: string[]; seq?: number },
) {
  const doc = held?.doc ?? new Y.Doc();
  const joined = await engine.join(
    visitor,
    held
      ? {
          room,
          lineage: held.lineage,
          tickets: held.tickets,
          ...(held.seq === undefined ? {} : { seq: held.seq }),
          stateVector: Buffer.from(Y.encodeStateVector(doc)).toString('base64'),
        }
      : { room },
    () => {},
  );
  for (const { encoding, bytes } of joined.missing)
    (encoding === 'v2' ? Y.applyUpdateV2 : Y.applyUpdate)(doc, Buffer.from(bytes, 'base64'));
  doc.clientID = joined.clientId;
  const { lineage, ticket } = joined;
  const push = (bytes: Uint8Array) =>
    engine.push(visitor, { room, lineage, clientSeq: 1, bytes: Buffer.from(bytes).toString('base64') });
  const change = (edit: (doc: Y.Doc) => void): Uint8Array => {
    const before = Y.encodeStateVector(doc);
    doc.transact(() => edit(doc));
    return Y.encodeStateAsUpdate(doc, before);
  };
  return {
    doc,
    joined,
    lineage,
    ticket,
    push,
    change,
    write: (text: string) => push(change((d) => addBlock(d, text))),
  };
}

export function addBlock(doc: Y.Doc, text: string): void {
  const block = new Y.XmlElement(BLOCK_NODE);
  block.setAttribute('kind', 'paragraph');
  block.insert(0, [new Y.XmlText(text)]);
  textFragment(doc).push([block]);
}

export const firstText = (doc: Y.Doc) => (textFragment(doc).get(0) as Y.XmlElement).get(0) as Y.XmlText;

export const textOf = (doc: Y.Doc) =>
  textFragment(doc)
    .toArray()
    .map((block) => (block as Y.XmlElement).toArray().map(String).join(''));

export async function readRoom(engine: RoomsEngine, setup: RoomSetup): Promise<string[]> {
  const reader = setup.sit(false);
  const { doc } = await openTab(engine, setup, reader);
  engine.leave(reader, setup.room);
  return textOf(doc);
}

export const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'accepted',
    (error: unknown) => (error instanceof LongtableError ? error.code : String(error)),
  );

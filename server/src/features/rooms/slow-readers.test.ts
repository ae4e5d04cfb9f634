import { expect, it } from '@jest/globals';
import { BLOCK_NODE, textFragment } from '@longtable/shared/documents/model/keys';
import type { Socket as TcpSocket } from 'node:net';
import type { RoomId } from '@longtable/shared/ids';
import { MAX_JOINS_WAITING, MAX_UNREAD_BYTES } from '@longtable/shared/limits';
import type { JoinReply } from '@longtable/shared/protocol/socket/join';
import * as Y from 'yjs';
import { describeEachBackend } from '../../testing/backends.ts';
import { seatedMember, startPartnership } from '../../testing/factories.ts';
import { type ClientSocket, startTestSockets } from '../../testing/sockets.ts';
import { createTestClock } from '../../testing/test-clock.ts';
import { createTestDeps } from '../../testing/test-deps.ts';
import { waitFor } from '../../testing/wait-for.ts';
import { roomsOfDocument } from './rooms.service.ts';

/** One push: more than most people ever paste. */
const PAGE_CHARACTERS = 200_000;
/** The kernel's own buffers take some of them, and a room takes no more than this. */
const MOST_PAGES = 60;

const join = async (socket: ClientSocket, room: RoomId) => {
  const doc = new Y.Doc();
  const reply: JoinReply = await socket.emitWithAck('join', { rooms: [{ room }] });
  const joined = reply.ok ? reply.rooms[0] : null;
  if (!joined?.ok) throw new Error('not joined');
  for (const { encoding, bytes } of joined.missing) {
    (encoding === 'v2' ? Y.applyUpdateV2 : Y.applyUpdate)(doc, Buffer.from(bytes, 'base64'));
  }
  doc.clientID = joined.clientId;
  socket.on('batch', ([handle, , , bytes]) => {
    if (handle === joined.handle) Y.applyUpdate(doc, Buffer.from(bytes, 'base64'));
  });
  return { doc, joined };
};

/** The TCP connection under a client's socket. */
const tcpOf = (socket: ClientSocket) =>
  (socket.io.engine as unknown as { transport: { ws: { _socket: TcpSocket } } }).transport.ws._socket;

describeEachBackend('slow readers', (backend) => {
  it('R31 are not sent away for what they asked for themselves, and are given no more of it than they take', async () => {
    const clock = createTestClock();
    // Sections as full as these cost a connection seconds of its budget.
    const nowMs = clock.nowMs.bind(clock);
    clock.nowMs = () => (clock.advanceMs(5_000), nowMs());
    const sockets = await startTestSockets(createTestDeps(backend.db, { clock }));
    const { deps } = sockets;
    try {
      const table = await startPartnership(deps);
      const circleId = table.circles[0]!;
      const document = { id: table.documents.plan, kind: 'plan' as const };
      const [section] = await roomsOfDocument(deps, document, circleId);
      const room = section!.rooms.partnership;
      const people = [await seatedMember(deps, circleId), await seatedMember(deps, circleId)];
      const [writer, slow] = await Promise.all(people.map((person) => sockets.connected(person)));
      const { doc, joined } = await join(writer!, room);
      for (let page = 0; page < 16; page += 1) {
        const before = Y.encodeStateVector(doc);
        const block = new Y.XmlElement(BLOCK_NODE);
        block.insert(0, [new Y.XmlText('a'.repeat(PAGE_CHARACTERS))]);
        textFragment(doc).push([block]);
        const bytes = Buffer.from(Y.encodeStateAsUpdate(doc, before)).toString('base64');
        const push = { room, lineage: joined.lineage, clientSeq: page, bytes };
        expect(await writer!.emitWithAck('push', push)).toMatchObject({ ok: true });
      }
      const metric = async (name: string): Promise<number> =>
        Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(await deps.metrics.registry.metrics())?.[1]);
      const answerBytes = (16 * PAGE_CHARACTERS * 4) / 3;

      tcpOf(slow!).pause();
      let answered = 0;
      const asked = Array.from({ length: MAX_JOINS_WAITING }, () =>
        slow!.emitWithAck('join', { rooms: [{ room }] }).then((reply: JoinReply) => {
          answered += 1;
          return reply.ok && reply.rooms[0]!.ok;
        }),
      );
      // Both figures are of one look at the readers, which sends away in the same breath.
      await waitFor(async () =>
        expect(await metric('longtable_unread_bytes')).toBeGreaterThan(answerBytes * 0.9),
      );
      for (let looks = 0; looks < 100; looks += 1) {
        expect(await metric('longtable_unread_bytes')).toBeLessThan(answerBytes * 1.5);
        expect(await metric('longtable_dropped_readers_total')).toBe(0);
        await new Promise((resolve) => setImmediate(resolve));
      }
      expect(answered).toBe(0);
      tcpOf(slow!).resume();
      expect(await Promise.all(asked)).toEqual(asked.map(() => true));
      expect(await metric('longtable_dropped_readers_total')).toBe(0);
    } finally {
      await sockets.close();
    }
  }, 120_000);

  it('R31 are sent away before what waits for them grows, hold nobody up, and catch up whole on return', async () => {
    const sockets = await startTestSockets(createTestDeps(backend.db));
    const { deps } = sockets;
    try {
      const table = await startPartnership(deps);
      const [circleId] = table.circles;
      if (!circleId) throw new Error('a table has circles');
      const document = { id: table.documents.plan, kind: 'plan' as const };
      const sections = await roomsOfDocument(deps, document, circleId);
      const rooms = sections.slice(0, 3).map((section) => section.rooms.partnership);
      const people = [];
      for (let i = 0; i < 3; i++) people.push(await seatedMember(deps, circleId));
      const [writer, reader, slow] = await Promise.all(people.map((person) => sockets.connected(person)));
      if (!writer || !reader || !slow) throw new Error('three people came');
      const written: Awaited<ReturnType<typeof join>>[] = [];
      const read: typeof written = [];
      for (const room of rooms) {
        written.push(await join(writer, room));
        read.push(await join(reader, room));
        await join(slow, room);
      }
      tcpOf(slow).pause();

      const metric = async (name: string): Promise<number> =>
        Number(new RegExp(`^${name} (\\d+)$`, 'm').exec(await deps.metrics.registry.metrics())?.[1]);
      let mostUnread = 0;
      let pages = 0;
      while ((await metric('longtable_dropped_readers_total')) === 0 && pages < MOST_PAGES) {
        const { doc, joined } = written[pages % rooms.length]!;
        const before = Y.encodeStateVector(doc);
        const block = new Y.XmlElement(BLOCK_NODE);
        block.insert(0, [new Y.XmlText('a'.repeat(PAGE_CHARACTERS))]);
        textFragment(doc).push([block]);
        const answer = await writer.emitWithAck('push', {
          room: joined.room,
          lineage: joined.lineage,
          clientSeq: pages,
          bytes: Buffer.from(Y.encodeStateAsUpdate(doc, before)).toString('base64'),
        });
        expect(answer.ok).toBe(true);
        pages += 1;
        mostUnread = Math.max(mostUnread, await metric('longtable_unread_bytes'));
      }
      expect(await metric('longtable_dropped_readers_total')).toBe(1);
      expect(await metric('longtable_connections')).toBe(2);
      // What came between two looks is on top of the limit.
      expect(mostUnread).toBeLessThan(4 * MAX_UNREAD_BYTES);
      expect(writer.connected && reader.connected).toBe(true);
      const isWhole = (mine: Y.Doc, theirs: Y.Doc) =>
        textFragment(mine).length === textFragment(theirs).length;
      while (!read.every(({ doc }, index) => isWhole(doc, written[index]!.doc))) {
        await new Promise((resolve) => setImmediate(resolve));
      }

      tcpOf(slow).resume();
      const back = await sockets.connected(people[2]!);
      for (const [index, room] of rooms.entries()) {
        // A full section costs a socket seconds of its budget.
        deps.clock.advanceMs(10_000);
        const { doc } = await join(back, room);
        expect(Y.encodeStateVector(doc)).toEqual(Y.encodeStateVector(written[index]!.doc));
        expect(isWhole(doc, written[index]!.doc)).toBe(true);
      }
    } finally {
      await sockets.close();
    }
  }, 120_000);
});

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { appendBlocks } from '@longtable/shared/documents/model/blocks';
import type { CircleId, DocumentId, RoomId } from '@longtable/shared/ids';
import { ANEW_WAIT_MINUTES } from '@longtable/shared/limits';
import * as Y from 'yjs';
import { describeEachBackend } from '../../testing/backends.ts';
import { seatedMember, type TestPerson, waitingPerson } from '../../testing/factories.ts';
import { type TestServer, startTestServer } from '../../testing/http-client.ts';
import { type ClientSocket, startTestSockets, type TestSockets } from '../../testing/sockets.ts';
import { type TestDeps, createTestDeps } from '../../testing/test-deps.ts';
import { PLAIN, setWatchedTable, STARRED } from '../../testing/watched-circle.ts';
import { readDocument } from '../documents/documents.service.ts';
import { roomsOfDocument } from '../rooms/rooms.service.ts';

const SLOW_MS = 60_000;
const DAY_MS = 86_400_000;

/** Where a cursor may stand: at the beginning of everything. */
const SOMEWHERE = Buffer.from(
  Y.encodeRelativePosition(Y.createRelativePositionFromTypeIndex(new Y.Doc().getText('x'), 0)),
).toString('base64');

describeEachBackend('what an outsider hears in the joint room', (backend) => {
  let deps: TestDeps;
  let server: TestServer;
  let sockets: TestSockets;
  beforeAll(async () => {
    sockets = await startTestSockets(createTestDeps(backend.db));
    deps = sockets.deps;
    server = await startTestServer(deps);
  });
  afterAll(async () => {
    await sockets.close();
    await server.close();
  });

  const joined = async (socket: ClientSocket, room: RoomId) => {
    const reply = await socket.emitWithAck('join', { rooms: [{ room }] });
    const [answer] = reply.ok ? reply.rooms : [];
    return answer?.ok ? answer : null;
  };
  /** Comes into a room, writes there, and shows a cursor. */
  const writeThere = async (socket: ClientSocket, room: RoomId, text: string) => {
    const answer = await joined(socket, room);
    if (!answer) throw new Error('a member may write here');
    const doc = new Y.Doc();
    for (const { encoding, bytes } of answer.missing)
      (encoding === 'v2' ? Y.applyUpdateV2 : Y.applyUpdate)(doc, Buffer.from(bytes, 'base64'));
    doc.clientID = answer.clientId;
    const before = Y.encodeStateVector(doc);
    appendBlocks(doc, [{ kind: 'paragraph', runs: [{ text }] }]);
    const bytes = Buffer.from(Y.encodeStateAsUpdate(doc, before)).toString('base64');
    const pushed = await socket.emitWithAck('push', { room, lineage: answer.lineage, clientSeq: 1, bytes });
    expect(pushed.ok).toBe(true);
    socket.emit('cursor', { room, cursor: { anchor: SOMEWHERE, head: SOMEWHERE } });
  };

  /** Both outsiders sit in the joint room of one section, and follow the head of every other room that they know or not. */
  const setTable = async () => {
    const base = await setWatchedTable(deps, server);
    const document = await readDocument(deps.db, base.documentId as DocumentId);
    const rooms = await roomsOfDocument(deps, document, base.watched as CircleId);
    const roomOf = (section: string) => rooms.find(({ key }) => key === section)!.rooms;
    const [joint, elsewhere] = [roomOf(STARRED).partnership, roomOf('what-happens').partnership];
    const own = rooms.map((each) => each.rooms.circle as RoomId);
    const ears: [string, ...unknown[]][][] = [];
    for (const who of Object.values(base.outsiders)) {
      const socket = await sockets.connected(who);
      const events: [string, ...unknown[]][] = [];
      socket.onAny((...event: [string, ...unknown[]]) => void events.push(event));
      expect(await joined(socket, joint)).not.toBeNull();
      for (const room of own.slice(0, 3)) expect(await joined(socket, room)).toBeNull();
      const all = rooms.flatMap((each) => [each.rooms.partnership, each.rooms.circle as RoomId]);
      const watching = await socket.emitWithAck('watch', { rooms: all });
      expect(
        watching.ok && watching.heads.map(({ room }) => room).filter((room) => own.includes(room)),
      ).toEqual([]);
      ears.push(events);
    }
    const until = async (isThere: (events: [string, ...unknown[]][]) => boolean) => {
      for (const events of ears)
        while (!isThere(events)) await new Promise((resolve) => setTimeout(resolve, 20));
    };
    return { ...base, joint, elsewhere, ownRoom: roomOf(STARRED).circle as RoomId, ears, until };
  };

  const as = ({ cookie, seat }: TestPerson) => ({ seat: seat.id, headers: { cookie } });

  it(
    'is nothing of what goes on inside the circle: who knocks, comes, writes, marks, reads along and leaves',
    async () => {
      const base = await setTable();
      const { insiders, knocking, outsiders, watched, members, facilitator, post, ownRoom, joint, ears } =
        base;
      const [founder, member, friend] = insiders as [TestPerson, TestPerson, TestPerson];
      const before = await Promise.all(Object.values(outsiders).map(base.getAll));
      const done = async (answer: Promise<{ status: number }>) =>
        expect((await answer).status).toBeLessThan(300);

      await done(post(`/api/circles/${watched}/door/${knocking.seat.id}`, member, { letIn: true }));
      const late = await waitingPerson(deps, watched as CircleId, { picture: 'bell', name: 'CanaryLate' });
      await done(post(`/api/circles/${watched}/door/${late.seat.id}`, member, { letIn: false }));
      const card = await post(`/api/circles/${watched}/codes`, friend, { uses: 2, days: 2 });
      const { id: codeId } = card.body as { id: string };
      await done(server.newDevice().delete(`/api/circles/${watched}/codes/${codeId}`, as(friend)));
      await done(base.describe({ kind: 'FA' }));
      await done(base.heard(founder, STARRED, 'notSafe'));
      await done(post(`/api/circles/${watched}/support`, founder, { support: null }));
      await done(post(`/api/circles/${watched}/facilitator-call`, founder, { agrees: true }));
      for (const [who, text] of [
        [member, 'CanaryWords'],
        [friend, 'CanaryToo'],
      ] as const)
        await writeThere(await sockets.connected(who), ownRoom, text);
      // Reads along in the joint room, without a cursor, and goes.
      for (const who of [founder, friend, knocking]) {
        const socket = await sockets.connected(who);
        if (who !== knocking) expect(await joined(socket, joint)).not.toBeNull();
      }
      await done(server.newDevice().post('/api/leave', as(friend)));
      await done(server.newDevice().delete('/api/seat', as(member)));
      expect(await Promise.all(Object.values(outsiders).map(base.getAll))).toEqual(before);

      // The others ask whether anybody is still there, and somebody says so.
      await done(post(`/api/circles/${watched}/anew`, facilitator));
      await done(post(`/api/circles/${watched}/anew/agreement`, members[1]!, { agrees: true }));
      await done(post(`/api/circles/${watched}/anew/here`, founder));
      await done(server.newDevice().delete(`/api/circles/${watched}/anew`, as(facilitator)));
      deps.clock.advanceMs(DAY_MS);
      await done(server.newDevice().post('/api/leave', as(founder)));
      await done(server.newDevice().post('/api/leave', as(knocking)));
      await done(post(`/api/circles/${watched}/anew`, facilitator));
      for (const who of members.slice(1))
        await done(post(`/api/circles/${watched}/anew/agreement`, who, { agrees: true }));
      // Somebody looks at the table after the waiting time: the circle ends.
      deps.clock.advanceMs(ANEW_WAIT_MINUTES * 60_000);
      await Promise.all(Object.values(outsiders).map(base.getAll));

      // What is everybody's comes last: all that was to be heard before has been.
      const third = await sockets.connected(members[2]!);
      await writeThere(third, base.elsewhere, 'for all');
      await base.until((events) => events.length > 0);
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(ears).toEqual([0, 1].map(() => [['head', { room: base.elsewhere, seq: 1 }]]));
    },
    SLOW_MS,
  );

  it(
    'of what is everybody’s, names nobody, no circle and no minute, by any event',
    async () => {
      const base = await setTable();
      const { insiders, watched, table, joint, elsewhere, round, ears, until, leakIn, facilitator } = base;
      const fresh = await seatedMember(deps, table.circles[0]!, { picture: 'moon', name: 'CanaryFresh' });
      const [one, two] = [await sockets.connected(insiders[1]!), await sockets.connected(fresh)];
      await writeThere(one, joint, 'what we say');
      await writeThere(two, elsewhere, 'and there');
      await base.putNote(insiders[1]!, { attribution: 'none' });
      for (const who of insiders) await base.say(round, who, PLAIN, 'consent');
      await base.post(`/api/rounds/${round}/close`, facilitator);
      await until((events) =>
        ['presence', 'batch', 'head'].every((kind) => events.some(([each]) => each === kind)),
      );
      // With a cursor there: that somebody is gone is seen, and not who.
      await server.newDevice().post('/api/leave', as(insiders[1]!));
      const gone = (event: [string, ...unknown[]]) =>
        event[0] === 'presence' && (event[1] as { gone: string[] }).gone.length > 0;
      await until((events) => events.some(gone));
      await base.open([STARRED]);
      await until((events) => events.some(([kind]) => kind === 'closed'));

      for (const events of ears) {
        const kinds = [...new Set(events.map(([kind]) => kind))].sort();
        expect(kinds).toEqual(['batch', 'closed', 'head', 'notes', 'presence', 'standing']);
        for (const event of events) {
          const text = JSON.stringify(event);
          expect([text, leakIn(text)]).toEqual([text, null]);
          for (const id of [...table.circles, fresh.seat.id, watched, facilitator.seat.id])
            expect([text, text.includes(id)]).toEqual([text, false]);
          if (event[0] !== 'batch') continue;
          const written = Buffer.from((event[1] as string[])[3]!, 'base64').toString('latin1');
          expect(written).toContain('what we say');
          expect([written, leakIn(written)]).toEqual([written, null]);
        }
      }
    },
    SLOW_MS,
  );
});

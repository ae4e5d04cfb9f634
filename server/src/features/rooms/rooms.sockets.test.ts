import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { BLOCK_NODE, textFragment } from '@longtable/shared/documents/model/keys';
import { CONTENT_VERSION } from '@longtable/shared/documents/model/version';
import type { RoomId, SeatId } from '@longtable/shared/ids';
import { MAX_CURSORS_PER_SECOND, MAX_PUSH_BYTES, MAX_SOCKET_MESSAGE_BYTES } from '@longtable/shared/limits';
import type { JoinReply } from '@longtable/shared/protocol/socket/join';
import type { PushReply } from '@longtable/shared/protocol/socket/push';
import { PROTOCOL_VERSION } from '@longtable/shared/protocol/version';
import type { Socket } from 'socket.io-client';
import * as Y from 'yjs';
import type { Deps } from '../../platform/deps.ts';
import { describeEachBackend } from '../../testing/backends.ts';
import { type ClientSocket, startTestSockets, type TestSockets } from '../../testing/sockets.ts';
import { createTestDeps } from '../../testing/test-deps.ts';
import { circlesAt } from '../circles/circles.service.ts';
import { leaveSeat } from '../people/leaving.service.ts';
import { mintCode } from '../circles/codes.service.ts';
import { joinWithCode, takeFirstSeat } from '../circles/doors.service.ts';
import { readTable, startPartnership } from '../documents/documents.service.ts';
import { createSession, seatOf, type Session } from '../people/people.service.ts';
import { announceRooms, pinRooms, reopenRooms, roomsOfDocument } from './rooms.service.ts';

const handle = { picture: 'kite' } as const;

/** A client written from docs/PROTOCOL.md alone: it shares no code with ours. */
describeEachBackend('rooms over sockets', (backend) => {
  let sockets: TestSockets;
  let deps: Deps;
  beforeAll(async () => {
    sockets = await startTestSockets(createTestDeps(backend.db));
    deps = sockets.deps;
  });
  afterAll(() => sockets.close());

  const device = async (): Promise<{ session: Session; cookie: string }> => {
    const { session, token } = await createSession(deps.db, deps.keyring, deps.clock);
    return { session, cookie: `lt=${token}` };
  };

  /** A partnership with two circles, a facilitator, and a member in the first circle. */
  const setTable = async () => {
    const starter = await device();
    const started = await startPartnership(deps, starter.session, {
      title: 'A table',
      template: 'full',
      locales: ['en'],
      circles: 2,
      handle,
    });
    const facilitator = { ...starter, seat: started.seatId };
    const seat = await seatOf(deps.db, starter.session, started.seatId);
    if (!seat) throw new Error('the starter has a seat');
    const [circle, otherCircle] = await circlesAt(deps, seat);
    const document = (await readTable(deps, seat)).documents.find(({ kind }) => kind === 'plan');
    if (!circle || !otherCircle || !document) throw new Error('a table has circles and a plan');
    const found = async (circleId: typeof circle.id) => {
      const who = await device();
      return { ...who, seat: await takeFirstSeat(deps, circleId, handle, async () => who.session) };
    };
    const [member, other] = [await found(circle.id), await found(otherCircle.id)];
    const [section] = await roomsOfDocument(deps, document, circle.id);
    const [theirs] = await roomsOfDocument(deps, document, otherCircle.id);
    if (!section?.rooms.circle || !theirs?.rooms.circle) throw new Error('a member has a room of the circle');
    return {
      facilitator,
      member,
      other,
      circle,
      document,
      section: section.key,
      joint: section.rooms.partnership,
      own: section.rooms.circle,
      theirs: theirs.rooms.circle,
    };
  };

  const connect = (
    { seat, cookie }: { cookie?: string; seat: SeatId },
    auth: object = {},
    headers: Record<string, string> = {},
  ) => sockets.connect({ seat, auth, headers, ...(cookie ? { cookie } : {}) });
  const refusal = (socket: ClientSocket) => sockets.refusal(socket);

  const join = async (socket: ClientSocket, room: RoomId) => {
    const reply: JoinReply = await socket.emitWithAck('join', { rooms: [{ room }] });
    if (!reply.ok || !reply.rooms[0]) throw new Error('the join was not answered');
    return reply.rooms[0];
  };

  const sit = async (who: { cookie: string; seat: SeatId }, room: RoomId) => {
    const socket = connect(who);
    const joined = await join(socket, room);
    if (!joined.ok) throw new Error(joined.error.code);
    const doc = new Y.Doc();
    for (const { encoding, bytes } of joined.missing) {
      (encoding === 'v2' ? Y.applyUpdateV2 : Y.applyUpdate)(doc, Buffer.from(bytes, 'base64'));
    }
    doc.clientID = joined.clientId;
    socket.on('batch', ([, , , bytes]) => Y.applyUpdate(doc, Buffer.from(bytes, 'base64')));
    const write = (text: string): Promise<PushReply> => {
      const before = Y.encodeStateVector(doc);
      doc.transact(() => {
        const block = new Y.XmlElement(BLOCK_NODE);
        block.setAttribute('kind', 'paragraph');
        block.insert(0, [new Y.XmlText(text)]);
        textFragment(doc).push([block]);
      });
      const bytes = Buffer.from(Y.encodeStateAsUpdate(doc, before)).toString('base64');
      return socket.emitWithAck('push', { room, lineage: joined.lineage, clientSeq: 7, bytes });
    };
    return { socket, doc, joined, write };
  };

  const until = async (condition: () => boolean): Promise<void> => {
    while (!condition()) await new Promise((resolve) => setImmediate(resolve));
  };

  it('R32 calls a room by a short name in batches, one for all who sit there, which says nothing of it', async () => {
    const table = await setTable();
    const [one, two] = [await sit(table.member, table.joint), await sit(table.other, table.joint)];
    const elsewhere = await sit(table.member, table.own);
    const batches: unknown[] = [];
    two.socket.on('batch', (batch) => batches.push(batch));
    await one.write('here');
    await until(() => batches.length > 0);
    expect(batches).toEqual([[two.joined.handle, 1, 1, expect.any(String)]]);
    expect(two.joined.handle).toBe(one.joined.handle);
    expect(elsewhere.joined.handle).not.toBe(one.joined.handle);
    const again = await join(two.socket, table.joint);
    expect(again).toMatchObject({ ok: true, handle: one.joined.handle });
    // Once the last has left, it is another one. A leave has no answer; what is asked after it has.
    for (const { socket } of [one, two]) {
      socket.emit('leave', { rooms: [table.joint] });
      await socket.emitWithAck('watch', { rooms: [] });
    }
    const later = await join(elsewhere.socket, table.joint);
    expect(later).toMatchObject({ ok: true, handle: expect.not.stringContaining(one.joined.handle) });
  });

  it('R2 carries words from one seat to another, and keeps them for who comes later', async () => {
    const table = await setTable();
    const [one, two] = [await sit(table.member, table.joint), await sit(table.other, table.joint)];
    expect(await one.write('between us')).toMatchObject({ ok: true, clientSeq: 7, seq: 1 });
    await until(() => String(textFragment(two.doc)).includes('between us'));
    const later = await sit(table.facilitator, table.joint);
    expect(String(textFragment(later.doc))).toContain('between us');
    expect(later.joined.canWrite).toBe(false);
    expect(await later.write('facilitators keep the process')).toMatchObject({
      ok: false,
      error: { code: 'readOnly' },
    });
  });

  it('R10 gives the same answer for a room of another circle, of another table and of nowhere', async () => {
    const table = await setTable();
    const elsewhere = await setTable();
    const socket = connect(table.member);
    const answers = await Promise.all(
      [table.theirs, elsewhere.joint, '6f6f9f0e-5f39-4f5e-9a38-4a2d9d1c7b10' as RoomId].map((room) =>
        join(socket, room),
      ),
    );
    expect(answers.map((answer) => !answer.ok && answer.error)).toEqual(Array(3).fill({ code: 'notFound' }));
    expect((await join(socket, table.own)).ok).toBe(true);
    expect(await socket.emitWithAck('watch', { rooms: [table.theirs, table.joint] })).toMatchObject({
      ok: true,
      heads: [{ room: table.joint }],
    });
  });

  it('refuses strangers, other people\u2019s seats, old clients and foreign pages, each with its code', async () => {
    const table = await setTable();
    const { member, other } = table;
    expect(await refusal(connect({ seat: member.seat }))).toBe('signedOut');
    expect(await refusal(connect({ cookie: 'lt=nonsense', seat: member.seat }))).toBe('signedOut');
    expect(await refusal(connect({ cookie: member.cookie, seat: other.seat }))).toBe('notFound');
    expect(await refusal(connect(member, { protocol: PROTOCOL_VERSION + 1 }))).toBe('oldClient');
    expect(await refusal(connect(member, { content: CONTENT_VERSION - 1 }))).toBe('oldClient');
    expect(await refusal(connect(member, { seat: 'x' }))).toBe('badRequest');
    expect(await refusal(connect(member, {}, { origin: 'https://elsewhere.example' }))).toBe('closed');
    expect(await refusal(connect(member, {}, { origin: deps.env.publicUrl }))).toBe('connected');
    expect(
      await refusal(connect(member, {}, { origin: deps.env.publicUrl.replace('127.0.0.1', 'localhost') })),
    ).toBe('connected');
  });

  it('R26 takes nothing from a page that does not know all that a section can hold, and leaves it its words', async () => {
    const table = await setTable();
    const today = await sit(table.member, table.joint);
    await today.write('with a mark that the old page would drop');
    const headOf = async () =>
      ((await deps.db('rooms').where({ id: table.joint }).first('head_seq')) as { head_seq: number })
        .head_seq;
    const before = await headOf();
    for (const old of [{ content: CONTENT_VERSION - 1 }, { protocol: PROTOCOL_VERSION - 1 }]) {
      const page = connect(table.other, old);
      // What it would send, as soon as it is let in: a whole section without what it does not know.
      const erase = new Y.Doc();
      Y.applyUpdate(erase, Y.encodeStateAsUpdate(today.doc));
      const vector = Y.encodeStateVector(erase);
      textFragment(erase).delete(0, textFragment(erase).length);
      const bytes = Buffer.from(Y.encodeStateAsUpdate(erase, vector)).toString('base64');
      let isAnswered = false;
      const answered = () => void (isAnswered = true);
      page.emit('join', { rooms: [{ room: table.joint }] }, answered);
      page.emit('push', { room: table.joint, lineage: today.joined.lineage, clientSeq: 1, bytes }, answered);
      expect(await refusal(page)).toBe('oldClient');
      // It is not asked to try again by itself, and nothing of what it holds was taken.
      expect([page.active, page.connected, isAnswered]).toEqual([false, false, false]);
    }
    expect(await today.write('and on')).toMatchObject({ ok: true, seq: before + 1 });
    expect(await headOf()).toBe(before + 1);
  });

  it('R18 answers malformed messages and lives on', async () => {
    const table = await setTable();
    const { socket, write } = await sit(table.member, table.joint);
    const raw = socket as unknown as Socket;
    const bad: [string, unknown][] = [
      ['join', null],
      ['join', { rooms: [] }],
      ['join', { rooms: [{ room: table.joint, stateVector: '!!!' }] }],
      ['join', { rooms: Array(41).fill({ room: table.joint }) }],
      ['push', 'text'],
      ['push', { room: table.joint }],
      ['push', { room: table.joint, lineage: table.joint, clientSeq: -1, bytes: '' }],
      ['push', { room: table.joint, lineage: table.joint, clientSeq: 1, bytes: Buffer.from([1]) }],
      ['watch', { rooms: 'all' }],
      ['leave', [1, 2, 3]],
      ['cursor', { room: table.joint, cursor: { anchor: 5 } }],
    ];
    for (const [event, message] of bad) {
      expect([event, await raw.emitWithAck(event, message)]).toMatchObject([
        event,
        { ok: false, error: { code: 'badRequest' } },
      ]);
    }
    raw.emit('push');
    raw.emit('push', null, 'no function');
    raw.emit('no such event', { a: 1 });
    expect(
      await raw.emitWithAck('join', { rooms: [{ room: table.own, stateVector: 'AAAA' }] }),
    ).toMatchObject({ ok: true });
    expect(await write('still writing')).toMatchObject({ ok: true });
  });

  it('R18 refuses a push over the limit in words, and closes the connection on a message no client sends', async () => {
    const table = await setTable();
    const { socket, joined, write } = await sit(table.member, table.joint);
    const push = (size: number) =>
      socket.emitWithAck('push', {
        room: table.joint,
        lineage: joined.lineage,
        clientSeq: 1,
        bytes: Buffer.alloc(size).toString('base64'),
      });
    expect(await push(MAX_PUSH_BYTES + 3)).toMatchObject({
      ok: false,
      error: { code: 'badRequest', fields: ['bytes'] },
    });
    expect(await write('after it')).toMatchObject({ ok: true });
    const closed = new Promise((resolve) => socket.on('disconnect', resolve));
    push(MAX_SOCKET_MESSAGE_BYTES).catch(() => undefined);
    expect(await closed).toBe('transport close');
    const back = await sit(table.member, table.joint);
    expect(String(textFragment(back.doc))).toContain('after it');
  });

  it('R19 shows a cursor as someone, with an id of this stay and nothing else', async () => {
    const table = await setTable();
    const [one, two] = [await sit(table.member, table.joint), await sit(table.other, table.joint)];
    const seen = new Promise<unknown>((resolve) =>
      two.socket.on('presence', (message) => {
        if (message.entries.some(({ cursor }) => cursor !== null)) resolve(message);
      }),
    );
    const position = Buffer.from([0, 1, 4]).toString('base64');
    one.socket.emit('cursor', { room: table.joint, cursor: { anchor: position, head: position } });
    expect(await seen).toEqual({
      room: table.joint,
      entries: [{ id: one.joined.presenceId, cursor: { anchor: position, head: position } }],
      gone: [],
      count: null,
    });
    const gone = new Promise<unknown>((resolve) =>
      two.socket.on('presence', (message) => message.gone.length > 0 && resolve(message.gone)),
    );
    one.socket.disconnect();
    expect(await gone).toEqual([one.joined.presenceId]);
  });

  it('R19 shows where a cursor comes to rest that moves faster than it may', async () => {
    const table = await setTable();
    const [one, two] = [await sit(table.member, table.joint), await sit(table.other, table.joint)];
    const places = Array.from({ length: 4 * MAX_CURSORS_PER_SECOND }, (_, place) =>
      Buffer.from([0, 1, place]).toString('base64'),
    );
    const rest = places.at(-1)!;
    const seen = new Promise<unknown>((resolve) =>
      two.socket.on('presence', ({ entries }) => {
        if (entries.some(({ cursor }) => cursor?.anchor === rest)) resolve(entries);
      }),
    );
    for (const place of places)
      one.socket.emit('cursor', { room: table.joint, cursor: { anchor: place, head: place } });
    expect(await seen).toEqual([{ id: one.joined.presenceId, cursor: { anchor: rest, head: rest } }]);
  });

  it('R7 R20 ends the writing and the reading of a seat that was left', async () => {
    const table = await setTable();
    const [one, two] = [await sit(table.member, table.joint), await sit(table.other, table.joint)];
    await one.write('before');
    const closed = new Promise((resolve) => one.socket.on('disconnect', resolve));
    await leaveSeat(deps, table.member.seat);
    expect(await closed).toBe('io server disconnect');
    await two.write('after');
    expect(await refusal(connect(table.member))).toBe('notFound');
    expect(String(textFragment(one.doc))).not.toContain('after');
  });

  it('R21 has everyone join again when words are pinned, and again when they may be written', async () => {
    const table = await setTable();
    const [writer, own] = [await sit(table.member, table.joint), await sit(table.member, table.own)];
    await writer.write('as agreed');
    const closed = () => new Promise<unknown>((resolve) => writer.socket.once('closed', resolve));
    const pinning = closed();
    const pinned = await deps.db.transaction((trx) =>
      pinRooms({ trx, keyring: deps.keyring }, table.document, [table.section]),
    );
    announceRooms(deps, [table.joint]);
    expect(await pinning).toEqual({ room: table.joint, code: 'resync' });
    expect(await writer.write('too late')).toMatchObject({ ok: false, error: { code: 'resync' } });
    expect(JSON.stringify(pinned)).toContain('as agreed');
    const reader = await sit(table.member, table.joint);
    expect(reader.joined.canWrite).toBe(false);
    expect(await reader.write('too late')).toMatchObject({ ok: false, error: { code: 'readOnly' } });
    expect(await own.write('between us')).toMatchObject({ ok: true });

    const reopening = new Promise<unknown>((resolve) => reader.socket.once('closed', resolve));
    await deps.db.transaction((trx) => reopenRooms(trx, [table.joint]));
    announceRooms(deps, [table.joint]);
    expect(await reopening).toEqual({ room: table.joint, code: 'resync' });
    const again = await sit(table.member, table.joint);
    expect(again.joined.canWrite).toBe(true);
    expect(await again.write('and on')).toMatchObject({ ok: true });
  });

  it('tells members of a knock, and nobody else', async () => {
    const table = await setTable();
    const [inside, outside] = [connect(table.member), connect(table.other)];
    await join(inside, table.own);
    await join(outside, table.theirs);
    let isToldOutside = false;
    outside.on('door', () => (isToldOutside = true));
    const told = new Promise((resolve) => inside.on('door', resolve));
    const { code } = await mintCode(deps, table.circle.id, { uses: 1, days: 1 }, false);
    const visitor = await device();
    await joinWithCode(deps, { code, handle, locale: 'en' }, async () => visitor.session);
    expect(await told).toEqual({ circleId: table.circle.id });
    await join(outside, table.joint);
    expect(isToldOutside).toBe(false);
  });

  it('a seat at the door joins no room', async () => {
    const table = await setTable();
    const { code } = await mintCode(deps, table.circle.id, { uses: 1, days: 1 }, false);
    const visitor = await device();
    const { seatId, state } = await joinWithCode(
      deps,
      { code, handle, locale: 'en' },
      async () => visitor.session,
    );
    expect(state).toBe('waiting');
    const socket = connect({ cookie: visitor.cookie, seat: seatId });
    for (const room of [table.joint, table.own]) {
      expect(await join(socket, room)).toMatchObject({ ok: false, error: { code: 'notFound' } });
    }
  });
});

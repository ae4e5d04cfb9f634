import { beforeAll, describe, expect, it, jest } from '@jest/globals';
import type { RoomId } from '@longtable/shared/ids';
import { Redis } from 'ioredis';
import { leaveSeat } from './features/people/leaving.service.ts';
import { announceRooms, pinRooms, roomsOfDocument } from './features/rooms/rooms.service.ts';
import {
  seatedMember,
  startPartnership,
  type TestPartnership,
  type TestPerson,
} from './testing/factories.ts';
import { type Sitting, withTestNodes } from './testing/test-nodes.ts';
import { waitFor } from './testing/wait-for.ts';

jest.setTimeout(60_000);

/** With Redis, between nodes. */
const SOON_MS = 1_000;
/** Without it: one look at the log, and as long again on a busy machine. */
const LATER_MS = 5_000;
/** A reader whose kick was lost is out by then (R20). */
const LEASE_MS = 10_000;

withTestNodes('several nodes', (nodes) => {
  let table: TestPartnership;
  let people: TestPerson[];
  let rooms: RoomId[];
  let next = 0;
  beforeAll(async () => {
    table = await startPartnership(nodes.elsewhere);
    people = [];
    for (const circle of [0, 0, 1, 1])
      people.push(await seatedMember(nodes.elsewhere, table.circles[circle]!));
    const plan = { id: table.documents.plan, kind: 'plan' as const };
    rooms = (await roomsOfDocument(nodes.elsewhere, plan, null)).map((each) => each.rooms.partnership);
  }, 60_000);
  /** A room in which nobody has written yet. */
  const newRoom = (): RoomId => rooms[next++]!;

  const person = (index: number): TestPerson => people[index]!;

  /** Two people in one room, on two nodes, who hear each other by message. */
  const sitApart = async (room: RoomId) => {
    const [one, other] = [await nodes.sit(person(0), room, 0), await nodes.sit(person(2), room, 1)];
    return { one, other };
  };

  const inMs = async (happens: () => void | Promise<void>, withinMs: number): Promise<number> => {
    const startedMs = performance.now();
    await waitFor(happens, withinMs);
    return performance.now() - startedMs;
  };

  it('R41 words written on one node are read on the other within a second, in both directions', async () => {
    const { one, other } = await sitApart(newRoom());
    expect(await one.write('from one')).toMatchObject({ ok: true, seq: 1 });
    await inMs(() => expect(other.text()).toContain('from one'), LATER_MS);
    expect(await other.write('from the other')).toMatchObject({ ok: true, seq: 2 });
    await inMs(() => expect(one.text()).toContain('from the other'), SOON_MS);
    expect(await one.write('and back')).toMatchObject({ ok: true, seq: 3 });
    const ms = await inMs(() => expect(other.text()).toContain('and back'), SOON_MS);
    expect(ms).toBeLessThan(SOON_MS);
  });

  it('R1 R40 many write in one room on both nodes at once: one sequence, and everyone reads the same', async () => {
    const room = newRoom();
    const tabs = await Promise.all(people.map((who, index) => nodes.sit(who, room, index % 2)));
    const turns = Array.from({ length: 25 }, (_, turn) => turn);
    const seqs = await Promise.all(
      tabs.map(async (tab, who) => {
        const own: number[] = [];
        for (const turn of turns) {
          const reply = await tab.write(`word ${who}.${turn};`);
          expect(reply).toMatchObject({ ok: true });
          if (reply.ok) own.push(reply.seq);
        }
        return own;
      }),
    );
    const rows = [...new Set(seqs.flat())].sort((a, b) => a - b);
    expect(rows).toEqual(rows.map((_, index) => index + 1));
    await waitFor(() => {
      for (const tab of tabs) expect(tab.text()).toBe(tabs[0]!.text());
      for (const turn of turns)
        for (const who of tabs.keys()) expect(tabs[0]!.text()).toContain(`word ${who}.${turn};`);
    }, LATER_MS);
  });

  it('R42 nothing that Redis carries says what is written, or by whom', async () => {
    const spy = new Redis(nodes.redis.url);
    const heard: string[] = [];
    spy.on('pmessage', (_pattern, _channel, message: string) => heard.push(message));
    await spy.psubscribe('*');
    const { one, other } = await sitApart(newRoom());
    await one.write('an open secret');
    await inMs(() => expect(other.text()).toContain('an open secret'), LATER_MS);
    await other.write('once more, an open secret');
    await inMs(() => expect(one.text()).toContain('once more'), LATER_MS);
    await waitFor(() => expect(heard.some((message) => message.includes('"batch"'))).toBe(true));
    for (const message of heard) {
      expect(message).not.toContain('secret');
      expect(message).not.toContain(Buffer.from('open secret').toString('base64').slice(2, 12));
      for (const who of people) expect(message).not.toContain(who.seat.id);
    }
    spy.disconnect();
  });

  it('tells those who follow a head on another node', async () => {
    const room = newRoom();
    const watcher = nodes.connect(person(1), 1);
    const heads: number[] = [];
    watcher.on('head', (head) => head.room === room && heads.push(head.seq));
    await watcher.emitWithAck('watch', { rooms: [room] });
    const writer = await nodes.sit(person(0), room, 0);
    await writer.write('something new');
    await waitFor(() => expect(heads).toEqual([1]), LATER_MS);
  });

  it('R19 R43 shows the cursors of people on another node, also to who comes later, until they leave', async () => {
    const room = newRoom();
    const { one, other } = await sitApart(room);
    const seenBy = (socket: Sitting['socket']) => {
      const seen = new Map<string, unknown>();
      socket.on('presence', ({ entries, gone }) => {
        for (const { id, cursor } of entries) seen.set(id, cursor);
        for (const id of gone) seen.delete(id);
      });
      return seen;
    };
    const [here, there] = [seenBy(one.socket), seenBy(other.socket)];
    const cursor = { anchor: 'AAAA', head: 'AAAB' };
    one.socket.emit('cursor', { room, cursor });
    await waitFor(() => expect(there.get(one.joined.presenceId)).toEqual(cursor), LATER_MS);
    expect([...there.keys()]).toEqual([one.joined.presenceId]);
    const later = nodes.connect(person(3), 1);
    const late = seenBy(later);
    await later.emitWithAck('join', { rooms: [{ room }] });
    await waitFor(() => expect(late.get(one.joined.presenceId)).toEqual(cursor), LATER_MS);
    other.socket.emit('cursor', { room, cursor });
    await waitFor(() => expect(here.get(other.joined.presenceId)).toEqual(cursor), LATER_MS);
    one.socket.disconnect();
    await waitFor(() => expect(there.has(one.joined.presenceId)).toBe(false), LATER_MS);
  });

  it('R7 R20 once a revocation on another node has returned, nothing of that seat commits; its sockets close at once', async () => {
    const room = newRoom();
    const leaver = await seatedMember(nodes.elsewhere, table.circles[0]!);
    const [theirs, watching] = [await nodes.sit(leaver, room, 0), await nodes.sit(person(2), room, 1)];
    let isRevoked = false;
    const writes: Promise<boolean>[] = [];
    const typing = setInterval(() => {
      if (!theirs.socket.connected) return;
      const wasRevoked = isRevoked;
      writes.push(
        theirs.write(wasRevoked ? 'after' : 'before').then(
          ({ ok }) => wasRevoked && ok,
          // Closed before the answer: what became of it is seen below.
          () => false,
        ),
      );
    }, 2);
    await waitFor(() => expect(watching.text()).toContain('before'), LATER_MS);
    await leaveSeat(nodes.elsewhere, leaver.seat.id);
    isRevoked = true;
    const ms = await inMs(() => expect(theirs.socket.connected).toBe(false), SOON_MS);
    clearInterval(typing);
    expect(ms).toBeLessThan(SOON_MS);
    expect(await Promise.all(writes)).not.toContain(true);
    expect((await nodes.sit(person(2), room, 0)).text()).not.toContain('after');
  });

  it('R10 nobody is let into a room while the seat is revoked on another node', async () => {
    for (let round = 0; round < 5; round += 1) {
      const room = rooms[round]!;
      const leaver = await seatedMember(nodes.elsewhere, table.circles[0]!);
      const joining = nodes.sit(leaver, room, round % 2).then(
        (sitting) => sitting,
        () => null,
      );
      await leaveSeat(nodes.elsewhere, leaver.seat.id);
      const heard: unknown[] = [];
      // A connection that was refused outright never answers the join.
      const sitting = await Promise.race([
        joining,
        new Promise<null>((done) => setTimeout(done, 2_000, null)),
      ]);
      if (!sitting) continue;
      sitting.socket.on('batch', (batch) => heard.push(batch));
      expect((await sitting.write('too late').catch(() => ({ ok: false }))).ok).toBe(false);
      await waitFor(() => expect(sitting.socket.connected).toBe(false), SOON_MS);
      const writer = await nodes.sit(person(2), room, 1 - (round % 2));
      await writer.write('not for them');
      expect(heard).toEqual([]);
    }
  });

  it('R21 words pinned on another node are read-only here at once', async () => {
    const room = newRoom();
    const { one, other } = await sitApart(room);
    await one.write('to be agreed');
    const section = (
      await roomsOfDocument(nodes.elsewhere, { id: table.documents.plan, kind: 'plan' }, null)
    ).find((each) => each.rooms.partnership === room)!.key;
    const closed = [one, other].map(
      ({ socket }) => new Promise<void>((resolve) => socket.on('closed', () => resolve())),
    );
    const plan = { id: table.documents.plan, kind: 'plan' as const };
    await nodes.elsewhere.db.transaction((trx) =>
      pinRooms({ trx, keyring: nodes.elsewhere.keyring }, plan, [section]),
    );
    expect(await other.write('too late')).toMatchObject({ ok: false, error: { code: 'readOnly' } });
    announceRooms(nodes.elsewhere, [room]);
    await Promise.all(closed);
  });

  describe('while Redis is away', () => {
    it('R41 words arrive later and none is lost; when it is back they are quick again, also after it was emptied', async () => {
      const { one, other } = await sitApart(newRoom());
      await one.write('before');
      await waitFor(() => expect(other.text()).toContain('before'), LATER_MS);
      await nodes.redis.kill();
      for (let index = 0; index < 5; index += 1) {
        expect(await one.write(`one ${index}`)).toMatchObject({ ok: true });
        expect(await other.write(`other ${index}`)).toMatchObject({ ok: true });
      }
      await waitFor(() => {
        expect(one.text()).toContain('other 4');
        expect(other.text()).toContain('one 4');
      }, LATER_MS);
      await nodes.redis.start();
      const flush = new Redis(nodes.redis.url);
      await flush.flushall();
      flush.disconnect();
      // Both nodes find it again within a second or two; from then on a word takes milliseconds.
      await waitFor(async () => {
        const word = `again ${performance.now()}`;
        expect(await one.write(word)).toMatchObject({ ok: true });
        expect(await inMs(() => expect(other.text()).toContain(word), 400)).toBeLessThan(400);
      }, 15_000);
      await waitFor(() => expect(one.text()).toBe(other.text()), LATER_MS);
    });

    it('R41 one that stalls holds nobody up either', async () => {
      const { one, other } = await sitApart(newRoom());
      await one.write('before');
      await waitFor(() => expect(other.text()).toContain('before'), LATER_MS);
      nodes.redis.stall();
      try {
        // Long enough for both nodes to find out that it is silent, and to connect anew in vain.
        const untilMs = performance.now() + 9_000;
        for (let index = 0; performance.now() < untilMs; index += 1) {
          const startedMs = performance.now();
          expect(await one.write(`one ${index}.`)).toMatchObject({ ok: true });
          expect(performance.now() - startedMs).toBeLessThan(SOON_MS);
          await waitFor(() => expect(other.text()).toContain(`one ${index}.`), LATER_MS);
        }
      } finally {
        nodes.redis.resume();
      }
      await waitFor(async () => {
        const word = `again ${performance.now()}`;
        expect(await one.write(word)).toMatchObject({ ok: true });
        expect(await inMs(() => expect(other.text()).toContain(word), 400)).toBeLessThan(400);
      }, 15_000);
    });

    it('R7 R20 a revocation still ends writes when it returns, and reading within ten seconds', async () => {
      const room = newRoom();
      const leaver = await seatedMember(nodes.elsewhere, table.circles[0]!);
      const theirs = await nodes.sit(leaver, room, 0);
      await nodes.redis.kill();
      try {
        await leaveSeat(nodes.elsewhere, leaver.seat.id);
        expect(await theirs.write('after')).toMatchObject({ ok: false, error: { code: 'notFound' } });
        const out = new Promise<string>((resolve) => theirs.socket.on('closed', ({ code }) => resolve(code)));
        const startedMs = performance.now();
        expect(await out).toBe('notFound');
        expect(performance.now() - startedMs).toBeLessThan(LEASE_MS);
      } finally {
        await nodes.redis.start();
      }
    });

    it('R21 R41 words pinned elsewhere put people out at the next look', async () => {
      const room = newRoom();
      const { one, other } = await sitApart(room);
      await nodes.redis.kill();
      try {
        const section = (
          await roomsOfDocument(nodes.elsewhere, { id: table.documents.plan, kind: 'plan' }, null)
        ).find((each) => each.rooms.partnership === room)!.key;
        const closed = [one, other].map(
          ({ socket }) => new Promise<string>((resolve) => socket.on('closed', ({ code }) => resolve(code))),
        );
        const plan = { id: table.documents.plan, kind: 'plan' as const };
        await nodes.elsewhere.db.transaction((trx) =>
          pinRooms({ trx, keyring: nodes.elsewhere.keyring }, plan, [section]),
        );
        expect(await Promise.all(closed)).toEqual(['resync', 'resync']);
      } finally {
        await nodes.redis.start();
      }
    });

    it('a node starts without it', async () => {
      await nodes.redis.kill();
      try {
        const { openDeps } = await import('./compose.ts');
        const { deps, closing } = await openDeps(nodes.elsewhere.env, () => {});
        expect(await deps.db('partnerships').first('id')).toBeTruthy();
        for (const step of closing) await step.close();
      } finally {
        await nodes.redis.start();
      }
    });
  });
});

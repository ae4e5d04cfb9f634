import { randomUUID } from 'node:crypto';
import { LongtableError, type WireError } from '@longtable/shared/errors';
import type { PresenceId, RoomId } from '@longtable/shared/ids';
import { MAX_JOINS_PER_SECOND, MAX_PUSHES_PER_SECOND, MAX_UNREAD_MESSAGES } from '@longtable/shared/limits';
import {
  type JoinReply,
  JoinRequest,
  type JoinedRoom,
  type RefusedRoom,
} from '@longtable/shared/protocol/socket/join';
import { Leave } from '@longtable/shared/protocol/socket/leave';
import { Push, type PushReply } from '@longtable/shared/protocol/socket/push';
import { Watch, type WatchReply } from '@longtable/shared/protocol/socket/watch';
import type { Deps } from '../../platform/deps.ts';
import { createBudget, createRate } from '../../platform/rate.ts';
import { channel, type Io, listen, type Socket } from '../../platform/sockets.ts';
import { toWireError } from '../../platform/wire-error.ts';
import { createRoomsEngine, type RoomsEngine, type Visitor } from './rooms-engine.ts';
import type { RoomListener } from './rooms.service.ts';
import type { UpdateStore } from './update-store.ts';

/** Heads of rooms that are not open are sent on at most this often: they only say "something is new there". */
const HEAD_INTERVAL_MS = 1_000;

/** A reader whose kick message was lost is put out at the latest by the second of these. */
const LEASE_CHECK_MS = 4_000;

/** How often slow readers are looked for. */
const READER_CHECK_MS = 1_000;

/**
 * Processor time that one socket's pushes and joins may take, in ms for each second, and saved up. Some updates
 * cost far more than their size; whoever sends them waits until the others have had their turn.
 */
const WORK_MS_PER_SECOND = 250;
const WORK_SAVED_MS = 1_000;

/** What a join's answer costs: measured at 2 s for 6 MB. */
const ENCODING_MS_PER_CHARACTER = 1 / 4_000;

/** A refused push makes the room's staging copy anew; it is counted as at least this much. */
const REFUSAL_MS = 25;

type SocketDeps = Pick<Deps, 'keyring' | 'logger' | 'bus' | 'clock'>;

/** Carries the rooms engine over Socket.io (docs/PROTOCOL.md). */
export function attachRoomSockets(io: Io, deps: SocketDeps, store: UpdateStore, listener: RoomListener) {
  const heads = createHeadTeller(io);
  const engine = createRoomsEngine({
    store,
    keyring: deps.keyring,
    logger: deps.logger,
    events: {
      batch(message, writer) {
        const room = io.to(channel.room(message.room));
        (writer === null ? room : room.except(writer)).emit('batch', message);
      },
      head: heads.tell,
      failed(room) {
        for (const id of io.sockets.adapter.rooms.get(channel.room(room)) ?? []) {
          const socket = io.sockets.sockets.get(id);
          if (!socket) continue;
          void socket.leave(channel.room(room));
          listener.left(socket, room);
          socket.emit('closed', { room, code: 'resync' });
        }
      },
    },
  });

  io.on('connection', (socket) => attachVisitor(socket, engine, deps, listener));

  /** Asks everyone in a room to join it again, which tells them whether they may write there now. */
  const putOut = (room: RoomId): void => {
    for (const id of io.sockets.adapter.rooms.get(channel.room(room)) ?? []) {
      const socket = io.sockets.sockets.get(id);
      if (!socket) continue;
      void socket.leave(channel.room(room));
      engine.leave({ id: socket.id, seat: socket.data.person.seatId }, room);
      listener.left(socket, room);
      socket.emit('closed', { room, code: 'resync' });
    }
  };

  const unsubscribe = deps.bus.subscribe((message) => {
    if (message.kind === 'kick') io.in(channel.seat(message.seatId)).disconnectSockets(true);
    if (message.kind === 'room') putOut(message.roomId);
  });
  let isChecking = false;
  const lease = setInterval(() => {
    if (isChecking) return;
    isChecking = true;
    void checkLeases(io, engine, deps, listener).finally(() => (isChecking = false));
  }, LEASE_CHECK_MS);
  const readers = setInterval(() => dropSlowReaders(io), READER_CHECK_MS);
  lease.unref();
  readers.unref();

  return {
    engine,
    async close() {
      clearInterval(lease);
      clearInterval(readers);
      heads.close();
      unsubscribe();
      await engine.close();
    },
  };
}

function attachVisitor(
  socket: Socket,
  engine: RoomsEngine,
  { logger, clock }: SocketDeps,
  listener: RoomListener,
): void {
  const { seatId } = socket.data.person;
  const visitor: Visitor = { id: socket.id, seat: seatId };
  const mayPush = createRate(MAX_PUSHES_PER_SECOND, () => clock.nowMs());
  const mayJoin = createRate(MAX_JOINS_PER_SECOND, () => clock.nowMs());
  const work = createBudget(WORK_MS_PER_SECOND, WORK_SAVED_MS, () => clock.nowMs());
  /** Rooms this socket has asked for and not left since; a join may be answered after its leave. */
  const wanted = new Set<RoomId>();

  const leave = (room: RoomId): void => {
    wanted.delete(room);
    void socket.leave(channel.room(room));
    engine.leave(visitor, room);
    listener.left(socket, room);
  };

  const joinOne = async (request: JoinRequest['rooms'][number]): Promise<JoinedRoom | RefusedRoom> => {
    try {
      if (!mayJoin() || work.isOverdrawn()) throw new LongtableError('tooFast');
      wanted.add(request.room);
      const presenceId = randomUUID() as PresenceId;
      const joined = await engine.join(visitor, request, () => {
        void socket.join(channel.room(request.room));
        listener.entered(socket, request.room, presenceId);
      });
      if (!socket.connected || !wanted.has(request.room)) leave(request.room);
      return { ok: true, ...joined, presenceId };
    } catch (error) {
      return { ok: false, room: request.room, error: toWireError(error, logger) };
    }
  };

  const refused = (error: WireError) => ({ ok: false as const, error });

  const joinAll = async ({ rooms }: JoinRequest): Promise<(JoinedRoom | RefusedRoom)[]> => {
    const answers: (JoinedRoom | RefusedRoom)[] = [];
    // One after another: encoding a room's state takes the processor, and others want it too.
    for (const room of rooms) {
      const answer = await joinOne(room);
      answers.push(answer);
      if (answer.ok)
        for (const { bytes } of answer.missing) work.spend(bytes.length * ENCODING_MS_PER_CHARACTER);
    }
    return answers;
  };

  listen(socket, 'join', JoinRequest, logger, joinAll, {
    ok: (rooms: (JoinedRoom | RefusedRoom)[]): JoinReply => ({ ok: true, rooms }),
    refused: (error): JoinReply => refused(error),
  });

  listen(
    socket,
    'push',
    Push,
    logger,
    async (push) => {
      if (!mayPush() || work.isOverdrawn()) throw new LongtableError('tooFast');
      const startedMs = performance.now();
      // Staging runs before the first await, so this is its time and nobody else's.
      const pushed = engine.push(visitor, push);
      work.spend(performance.now() - startedMs);
      try {
        return { clientSeq: push.clientSeq, ...(await pushed) };
      } catch (error) {
        work.spend(REFUSAL_MS);
        throw error;
      }
    },
    {
      ok: (result: { clientSeq: number; seq: number }): PushReply => ({ ok: true, ...result }),
      refused: (error, raw): PushReply => ({ ok: false, clientSeq: clientSeqOf(raw), error }),
    },
  );

  listen(
    socket,
    'watch',
    Watch,
    logger,
    async ({ rooms }) => {
      const readable = await engine.heads(seatId, rooms);
      for (const name of [...socket.rooms]) if (name.startsWith('head:')) await socket.leave(name);
      if (socket.connected) await socket.join(readable.map(({ room }) => channel.head(room.id)));
      return readable.map(({ room }) => ({ room: room.id, seq: room.headSeq }));
    },
    {
      ok: (found: { room: RoomId; seq: number }[]): WatchReply => ({ ok: true, heads: found }),
      refused: (error): WatchReply => refused(error),
    },
  );

  listen(socket, 'leave', Leave, logger, ({ rooms }) => rooms.forEach(leave));

  socket.on('disconnecting', () => roomsOf(socket).forEach(leave));
}

/** The rooms that a socket is in, or follows the heads of, read back from its channels. */
function roomsOf(socket: Pick<Socket, 'rooms'>, prefix: 'room:' | 'head:' = 'room:'): RoomId[] {
  return [...socket.rooms]
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length) as RoomId);
}

/** Closes connections that do not read: what waits for them would otherwise grow without bound. They catch up on return. */
function dropSlowReaders(io: Io): void {
  for (const socket of io.sockets.sockets.values()) {
    const { writeBuffer } = socket.conn as unknown as { writeBuffer: unknown[] };
    if (writeBuffer.length > MAX_UNREAD_MESSAGES) socket.conn.close();
  }
}

/** Says each head at most once an interval, the newest only. */
function createHeadTeller(io: Io) {
  const due = new Map<RoomId, number>();
  let timer: NodeJS.Timeout | null = null;
  const flush = () => {
    timer = null;
    for (const [room, seq] of due) io.to(channel.head(room)).emit('head', { room, seq });
    due.clear();
  };
  return {
    tell(room: RoomId, seq: number) {
      due.set(room, seq);
      timer ??= setTimeout(flush, HEAD_INTERVAL_MS).unref();
    },
    close: () => void (timer && clearTimeout(timer)),
  };
}

/** Puts out sockets whose seat may no longer read a room it is in, should the message that says so be lost. */
async function checkLeases(
  io: Io,
  engine: RoomsEngine,
  { logger }: SocketDeps,
  listener: RoomListener,
): Promise<void> {
  for (const socket of io.sockets.sockets.values()) {
    const rooms = roomsOf(socket);
    const followed = roomsOf(socket, 'head:');
    if (rooms.length + followed.length === 0) continue;
    try {
      const asked = [...new Set([...rooms, ...followed])];
      const readable = new Set(
        (await engine.heads(socket.data.person.seatId, asked)).map(({ room }) => room.id),
      );
      for (const room of followed.filter((id) => !readable.has(id))) await socket.leave(channel.head(room));
      for (const room of rooms.filter((id) => !readable.has(id))) {
        await socket.leave(channel.room(room));
        engine.leave({ id: socket.id, seat: socket.data.person.seatId }, room);
        listener.left(socket, room);
        socket.emit('closed', { room, code: 'notFound' });
      }
    } catch (error) {
      logger.warn({ err: error }, 'lease check failed');
    }
  }
}

const clientSeqOf = (raw: unknown): number => {
  const { clientSeq } = (raw ?? {}) as { clientSeq?: unknown };
  return Number.isSafeInteger(clientSeq) ? Number(clientSeq) : 0;
};

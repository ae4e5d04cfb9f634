import { randomUUID } from 'node:crypto';
import { LongtableError, type WireError } from '@longtable/shared/errors';
import type { PresenceId, RoomId } from '@longtable/shared/ids';
import { MAX_PUSHES_PER_SECOND } from '@longtable/shared/limits';
import { type JoinReply, JoinRequest, type JoinedRoom, type RefusedRoom } from '@longtable/shared/protocol/socket/join';
import { Leave } from '@longtable/shared/protocol/socket/leave';
import { Push, type PushReply } from '@longtable/shared/protocol/socket/push';
import { Watch, type WatchReply } from '@longtable/shared/protocol/socket/watch';
import type { Deps } from '../../platform/deps.ts';
import { createRate } from '../../platform/rate.ts';
import { channel, type Io, listen, type Socket } from '../../platform/sockets.ts';
import { toWireError } from '../../platform/wire-error.ts';
import { createRoomsEngine, type RoomsEngine, type Visitor } from './rooms-engine.ts';
import type { RoomListener } from './rooms.service.ts';
import type { UpdateStore } from './update-store.ts';

/** Heads of rooms that are not open are sent on at most this often: they only say "something is new there". */
const HEAD_INTERVAL_MS = 1_000;

/** A reader whose kick message was lost is put out at the latest by the second of these. */
const LEASE_CHECK_MS = 4_000;

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
        io.to(channel.room(room)).emit('closed', { room, code: 'resync' });
        io.in(channel.room(room)).socketsLeave(channel.room(room));
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
  const lease = setInterval(() => void checkLeases(io, engine, deps, listener), LEASE_CHECK_MS);
  lease.unref();

  return {
    engine,
    async close() {
      clearInterval(lease);
      heads.close();
      unsubscribe();
      await engine.close();
    },
  };
}

function attachVisitor(socket: Socket, engine: RoomsEngine, { logger, clock }: SocketDeps, listener: RoomListener): void {
  const { seatId } = socket.data.person;
  const visitor: Visitor = { id: socket.id, seat: seatId };
  const mayPush = createRate(MAX_PUSHES_PER_SECOND, () => clock.nowMs());

  const leave = (room: RoomId): void => {
    void socket.leave(channel.room(room));
    engine.leave(visitor, room);
    listener.left(socket, room);
  };

  const joinOne = async (request: JoinRequest['rooms'][number]): Promise<JoinedRoom | RefusedRoom> => {
    try {
      const presenceId = randomUUID() as PresenceId;
      const joined = await engine.join(visitor, request, () => {
        void socket.join(channel.room(request.room));
        listener.entered(socket, request.room, presenceId);
      });
      if (!socket.connected) leave(request.room);
      return { ok: true, ...joined, presenceId };
    } catch (error) {
      return { ok: false, room: request.room, error: toWireError(error, logger) };
    }
  };

  const refused = (error: WireError) => ({ ok: false as const, error });

  listen(socket, 'join', JoinRequest, logger, ({ rooms }) => Promise.all(rooms.map(joinOne)), {
    ok: (rooms: (JoinedRoom | RefusedRoom)[]): JoinReply => ({ ok: true, rooms }),
    refused: (error): JoinReply => refused(error),
  });

  listen(
    socket,
    'push',
    Push,
    logger,
    async (push) => {
      if (!mayPush()) throw new LongtableError('tooFast');
      return { clientSeq: push.clientSeq, ...(await engine.push(visitor, push)) };
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
      await socket.join(readable.map(({ room }) => channel.head(room.id)));
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

/** The rooms that a socket is in, read back from its channels. */
function roomsOf(socket: Pick<Socket, 'rooms'>): RoomId[] {
  return [...socket.rooms].filter((name) => name.startsWith('room:')).map((name) => name.slice('room:'.length) as RoomId);
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
async function checkLeases(io: Io, engine: RoomsEngine, { logger }: SocketDeps, listener: RoomListener): Promise<void> {
  for (const socket of io.sockets.sockets.values()) {
    const rooms = roomsOf(socket);
    if (rooms.length === 0) continue;
    try {
      const readable = new Set((await engine.heads(socket.data.person.seatId, rooms)).map(({ room }) => room.id));
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

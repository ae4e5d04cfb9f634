import { randomUUID } from 'node:crypto';
import { LongtableError, type WireError } from '@longtable/shared/errors';
import type { PresenceId, RoomId } from '@longtable/shared/ids';
import {
  JOIN_MS_PER_CHARACTER,
  MAX_JOINS_PER_SECOND,
  MAX_JOINS_WAITING,
  MAX_PUSHES_PER_SECOND,
  MAX_WORK_MS_PER_SECOND,
  MAX_WORK_SAVED_MS,
  REFUSED_PUSH_MS,
} from '@longtable/shared/limits';
import {
  type JoinReply,
  JoinRequest,
  type JoinedRoom,
  type RefusedRoom,
} from '@longtable/shared/protocol/socket/join';
import type { Batch } from '@longtable/shared/protocol/socket/batch';
import { Leave } from '@longtable/shared/protocol/socket/leave';
import { Push, type PushReply } from '@longtable/shared/protocol/socket/push';
import { Watch, type WatchReply } from '@longtable/shared/protocol/socket/watch';
import type { Deps } from '../../platform/deps.ts';
import { createBudget, createRate } from '../../platform/rate.ts';
import { channel, type Io, listen, type Socket } from '../../platform/sockets.ts';
import { untilTaken, watchReaders } from '../../platform/readers.ts';
import { toWireError } from '../../platform/wire-error.ts';
import { createHandles } from './handles.ts';
import { createHeadTeller, type HeadTeller, lookAtNeighbours } from './head-teller.ts';
import { checkLeases, roomsOf } from './leases.ts';
import { createRoomsEngine, type RoomsEngine, type Visitor } from './rooms-engine.ts';
import type { RoomRelay } from '../../platform/room-relay.ts';
import type { RoomListener } from './rooms.service.ts';
import type { UpdateStore } from './update-store.ts';

/** A reader whose kick message was lost is put out at the latest by the second of these. */
const LEASE_CHECK_MS = 4_000;

type SocketDeps = Pick<Deps, 'keyring' | 'logger' | 'metrics' | 'bus' | 'clock'>;

/** Carries the rooms engine over Socket.io (docs/PROTOCOL.md). */
export function attachRoomSockets(
  io: Io,
  deps: SocketDeps,
  store: UpdateStore,
  relay: RoomRelay,
  listener: RoomListener,
) {
  const heads = createHeadTeller(io);
  const handles = createHandles(io);
  const engine = createRoomsEngine({
    store,
    keyring: deps.keyring,
    logger: deps.logger,
    metrics: deps.metrics,
    events: {
      batch({ room, lineage, fromSeq, toSeq, bytes }, writer) {
        if (!io.sockets.adapter.rooms.has(channel.room(room))) return;
        const to = io.to(channel.room(room));
        const batch: Batch = [handles.of(room, lineage), fromSeq, toSeq, bytes];
        (writer === null ? to : to.except(writer)).emit('batch', batch);
      },
      head: heads.tell,
      reopened: (room) => putOut(room),
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
    relay,
  });

  io.on('connection', (socket) => attachVisitor(socket, { engine, heads, deps, listener, handles }));

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
  const look = relay.isShared ? lookAtNeighbours(engine, heads, deps.logger) : null;
  const endReaders = watchReaders(io, deps.metrics);
  lease.unref();
  const endWatches = [
    deps.metrics.watch('longtable_connections', () => io.engine.clientsCount),
    deps.metrics.watch('longtable_open_rooms', () => engine.openRooms),
    deps.metrics.watch('longtable_queued_writes', () => engine.queuedWrites),
  ];

  return {
    engine,
    async close() {
      clearInterval(lease);
      endReaders();
      if (look) clearInterval(look);
      heads.close();
      for (const end of endWatches) end();
      unsubscribe();
      await engine.close();
    },
  };
}

interface VisitorParts {
  engine: RoomsEngine;
  heads: HeadTeller;
  deps: SocketDeps;
  listener: RoomListener;
  handles: ReturnType<typeof createHandles>;
}

function attachVisitor(socket: Socket, { engine, heads, deps, listener, handles }: VisitorParts): void {
  const { seatId } = socket.data.person;
  const visitor: Visitor = { id: socket.id, seat: seatId };
  const mayPush = createRate(MAX_PUSHES_PER_SECOND, () => deps.clock.nowMs());
  const mayJoin = createRate(MAX_JOINS_PER_SECOND, () => deps.clock.nowMs());
  const work = createBudget(MAX_WORK_MS_PER_SECOND, MAX_WORK_SAVED_MS, () => deps.clock.nowMs());
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
      const presenceId = randomUUID() as PresenceId;
      let handle = '';
      const joined = await engine.join(visitor, request, (spentMs, lineage) => {
        work.spend(spentMs);
        void socket.join(channel.room(request.room));
        handle = handles.of(request.room, lineage);
        listener.entered(socket, request.room, presenceId);
      });
      if (!socket.connected || !wanted.has(request.room)) leave(request.room);
      return { ok: true, ...joined, handle, presenceId };
    } catch (error) {
      return { ok: false, room: request.room, error: toWireError(error, deps) };
    }
  };

  const refused = (error: WireError) => ({ ok: false as const, error });

  const joinAll = async ({ rooms }: JoinRequest): Promise<(JoinedRoom | RefusedRoom)[]> => {
    const answers: (JoinedRoom | RefusedRoom)[] = [];
    // One after another: encoding a room's state takes the processor, and others want it too.
    for (const room of rooms) {
      const answer = await joinOne(room);
      answers.push(answer);
      if (answer.ok) for (const { bytes } of answer.missing) work.spend(bytes.length * JOIN_MS_PER_CHARACTER);
    }
    return answers;
  };

  let waiting = 0;
  let joining: Promise<unknown> = Promise.resolve();
  /** Requests one after another, and none while an answer waits for its reader: of those none may pile up. */
  const joinInTurn = (request: JoinRequest): ReturnType<typeof joinAll> => {
    if (waiting >= MAX_JOINS_WAITING) throw new LongtableError('tooFast');
    waiting += 1;
    for (const { room } of request.rooms) wanted.add(room);
    const turn = joining
      .then(() => untilTaken(socket))
      .then(() => {
        waiting -= 1;
        return joinAll(request);
      });
    joining = turn.catch(() => undefined);
    return turn;
  };

  listen(socket, 'join', JoinRequest, deps, joinInTurn, {
    ok: (rooms: (JoinedRoom | RefusedRoom)[]): JoinReply => ({ ok: true, rooms }),
    refused: (error): JoinReply => refused(error),
  });

  listen(
    socket,
    'push',
    Push,
    deps,
    async (push) => {
      if (!mayPush() || work.isOverdrawn()) throw new LongtableError('tooFast');
      const startedMs = performance.now();
      // Staging runs before the first await, so this is its time and nobody else's.
      const pushed = engine.push(visitor, push);
      work.spend(performance.now() - startedMs);
      try {
        return { clientSeq: push.clientSeq, ...(await pushed) };
      } catch (error) {
        work.spend(REFUSED_PUSH_MS);
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
    deps,
    async ({ rooms }) => {
      const readable = await engine.heads(rooms.map((room) => ({ seat: seatId, room })));
      for (const name of [...socket.rooms]) if (name.startsWith('head:')) await socket.leave(name);
      if (socket.connected) await socket.join(readable.map(({ room }) => channel.head(room.id)));
      for (const { room } of readable) heads.watch(room.id, room.headSeq);
      return readable.map(({ room }) => ({ room: room.id, seq: room.headSeq }));
    },
    {
      ok: (found: { room: RoomId; seq: number }[]): WatchReply => ({ ok: true, heads: found }),
      refused: (error): WatchReply => refused(error),
    },
  );

  listen(socket, 'leave', Leave, deps, ({ rooms }) => rooms.forEach(leave));

  socket.on('disconnecting', () => roomsOf(socket).forEach(leave));
}

const clientSeqOf = (raw: unknown): number => {
  const { clientSeq } = (raw ?? {}) as { clientSeq?: unknown };
  return Number.isSafeInteger(clientSeq) ? Number(clientSeq) : 0;
};

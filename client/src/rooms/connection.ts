import type { ErrorCode, WireError } from '@longtable/shared/errors';
import type { RoomId } from '@longtable/shared/ids';
import type { JoinReply } from '@longtable/shared/protocol/socket/join';
import type { PushReply } from '@longtable/shared/protocol/socket/push';
import { createSocket, type SocketTarget } from '../lib/socket.ts';
import { BatchNames } from './batch-names.ts';
import { onDeviceReturn } from './device-return.ts';
import { Retry } from './retry.ts';
import { RoomSession } from './room-session.ts';
import type { RoomWire } from './room-wire.ts';
import type { ConnectionView, RoomHandle, TableConnection } from './types.ts';

/**
 * Short for about as long as a server takes to start again, so that a room is together a second after it; then growing,
 * to spare batteries, to what somebody who waits for it puts up with.
 */
const CONNECT_AGAIN = { firstMs: 1_000, lastMs: 5_000, alike: 12 };

/** A server that has not answered by then is treated as one that cannot: asking again is harmless. */
const ANSWER_TIMEOUT_MS = 20_000;

/** Rooms in one join: their state vectors and tickets must fit one message. */
const ROOMS_IN_JOIN = 4;

interface OpenRoom {
  session: RoomSession;
  holders: number;
}

/**
 * Connects one seat to its table. Rooms opened through it share one socket; each is joined when the
 * socket is up and joined again after every reconnection, in one request.
 */
export function connectTable(target: SocketTarget): TableConnection {
  const socket = createSocket(target);
  const rooms = new Map<RoomId, OpenRoom>();
  const names = new BatchNames((batch) => rooms.get(batch.room)?.session.onBatch(batch));
  const listeners = new Set<() => void>();
  const watches = new Set<{ rooms: RoomId[]; listener: (room: RoomId, seq: number) => void }>();
  const doorListeners = new Set<(circleId: string) => void>();
  const seatListeners = new Set<(seatId: string) => void>();
  const standingListeners = new Set<(documentId: string) => void>();
  const notesListeners = new Set<(roundId: string, section: string) => void>();
  let view: ConnectionView = { state: 'connecting' };
  const again = new Retry(CONNECT_AGAIN);
  /** The device returned and nothing was heard since: a line that is lost now was lost in its own sleep. */
  let isWaking = false;

  const show = (state: ConnectionView['state']): void => {
    if (view.state === state) return;
    view = { state };
    for (const listener of [...listeners]) listener();
  };

  const wire: RoomWire = {
    isOnline: () => socket.connected,
    push: (push, reply) =>
      socket.timeout(ANSWER_TIMEOUT_MS).emit('push', push, (timedOut: Error | null, answer: PushReply) => {
        reply(timedOut ? { ok: false, clientSeq: push.clientSeq, error: { code: 'unavailable' } } : answer);
      }),
    cursor: (room, cursor) => socket.volatile.emit('cursor', { room, cursor }),
    rejoin: (room) => join([room]),
  };

  const join = (ids: readonly RoomId[]): void => {
    for (let i = 0; i < ids.length; i += ROOMS_IN_JOIN) joinSome(ids.slice(i, i + ROOMS_IN_JOIN));
  };

  const joinSome = (ids: readonly RoomId[]): void => {
    const sessions = ids.flatMap((id) => rooms.get(id)?.session ?? []);
    if (!socket.connected || sessions.length === 0) return;
    const socketId = socket.id;
    const request = { rooms: sessions.map((session) => session.joinRequest()) };
    names.asked();
    socket.timeout(ANSWER_TIMEOUT_MS).emit('join', request, (timedOut: Error | null, reply: JoinReply) => {
      // The socket may have gone and come back meanwhile; then this answer belongs to a join that is over.
      if (socket.id !== socketId) return;
      // Not on connecting: a server that lets everybody in and drops them again would never be spared.
      if (!timedOut && reply.ok) again.reset();
      const refusal: WireError = timedOut || reply.ok ? { code: 'unavailable' } : reply.error;
      for (const session of sessions) {
        if (rooms.get(session.id)?.session !== session) continue;
        const answer =
          timedOut || !reply.ok ? undefined : reply.rooms.find(({ room }) => room === session.id);
        if (answer?.ok) names.joined(answer);
        session.onJoined(answer ?? { ok: false, room: session.id, error: refusal });
      }
      names.answered();
    });
  };

  /** A room nobody looks at any more stays open until its words are saved, or read by the person if refused. */
  const letGo = (id: RoomId, room: OpenRoom): void => {
    if (room.holders > 0 || rooms.get(id) !== room) return;
    if (room.session.getView().saved !== 'saved') {
      const unsubscribe = room.session.subscribe(() => {
        if (room.session.getView().saved !== 'saved') return;
        unsubscribe();
        letGo(id, room);
      });
      return;
    }
    rooms.delete(id);
    if (socket.connected) socket.emit('leave', { rooms: [id] });
    room.session.destroy();
  };

  const watch = (): void => {
    if (!socket.connected) return;
    const ids = [...new Set([...watches].flatMap((each) => each.rooms))];
    socket.emit('watch', { rooms: ids }, (reply) => {
      isWaking = false;
      if (reply.ok) for (const { room, seq } of reply.heads) tellHead(room, seq);
    });
  };

  const tellHead = (room: RoomId, seq: number): void => {
    for (const each of [...watches]) if (each.rooms.includes(room)) each.listener(room, seq);
  };

  const connectLater = () => again.later(() => socket.connect());

  socket.on('connect', () => {
    if (rooms.size === 0) again.reset();
    show('online');
    join([...rooms.keys()]);
    if (watches.size > 0) watch();
  });
  socket.on('disconnect', () => {
    // Whatever was not on the wire yet must not leave before the rooms are joined again.
    socket.sendBuffer.length = 0;
    names.disconnected();
    for (const { session } of rooms.values()) session.onDisconnected();
    show('offline');
    if (isWaking) reconnectNow();
    else connectLater();
    isWaking = false;
  });
  socket.on('connect_error', (error) => {
    const refusal = (error as { data?: WireError }).data;
    show(stateAfter(refusal?.code));
    if (view.state === 'offline') connectLater();
  });
  socket.on('batch', (batch) => names.onBatch(batch));
  socket.on('presence', (message) => rooms.get(message.room)?.session.onPresence(message));
  socket.on('closed', ({ room, code }) => rooms.get(room)?.session.onClosed(code));
  socket.on('head', ({ room, seq }) => tellHead(room, seq));
  socket.on('door', ({ circleId }) => doorListeners.forEach((listener) => listener(circleId)));
  socket.on('seat', ({ seatId }) => seatListeners.forEach((listener) => listener(seatId)));
  socket.on('standing', ({ documentId }) => standingListeners.forEach((listener) => listener(documentId)));
  socket.on('notes', ({ roundId, section }) =>
    notesListeners.forEach((listener) => listener(roundId, section)),
  );

  const reconnectNow = () => {
    if (socket.connected) return;
    again.stop();
    again.reset();
    // Whoever asks anew has perhaps come back to the seat: what was said before may be over.
    if (view.state === 'signedOut') show('connecting');
    // An attempt from before may be on a line that is no more, and would be waited for.
    socket.disconnect().connect();
  };
  const stopWatching = onDeviceReturn(() => {
    // What looks connected may have died in its sleep: Socket.io looks at the clock before it sends anything.
    isWaking = socket.connected;
    watch();
    reconnectNow();
  });
  socket.connect();

  return {
    getView: () => view,
    subscribe: (listener) => subscribeTo(listeners, listener),
    reconnectNow,
    openRoom(id): RoomHandle {
      const known = rooms.get(id);
      const room = known ?? { session: new RoomSession(id, wire), holders: 0 };
      rooms.set(id, room);
      room.holders += 1;
      if (!known) join([id]);
      return handleOf(room, () => {
        room.holders -= 1;
        letGo(id, room);
      });
    },
    watch(ids, listener) {
      const added = { rooms: ids, listener };
      watches.add(added);
      watch();
      return () => {
        watches.delete(added);
        watch();
      };
    },
    onDoor: (listener) => subscribeTo(doorListeners, listener),
    onSeat: (listener) => subscribeTo(seatListeners, listener),
    onNotes: (listener) => subscribeTo(notesListeners, listener),
    onStanding: (listener) => subscribeTo(standingListeners, listener),
    close() {
      again.stop();
      stopWatching();
      socket.removeAllListeners();
      socket.disconnect();
      for (const { session } of rooms.values()) session.destroy();
      rooms.clear();
    },
  };
}

function handleOf({ session }: OpenRoom, release: () => void): RoomHandle {
  let isOpen = true;
  return {
    id: session.id,
    get doc() {
      return session.doc;
    },
    getView: () => session.getView(),
    subscribe: (listener) => session.subscribe(listener),
    setCursor: (cursor) => session.setCursor(cursor),
    dismissRefused: () => session.dismissRefused(),
    close() {
      if (isOpen) release();
      isOpen = false;
    },
  };
}

function stateAfter(code: ErrorCode | undefined): ConnectionView['state'] {
  if (code === 'signedOut' || code === 'notFound') return 'signedOut';
  return code === 'oldClient' ? 'oldClient' : 'offline';
}

function subscribeTo<Listener>(listeners: Set<Listener>, listener: Listener): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

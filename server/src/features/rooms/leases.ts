import type { RoomId } from '@longtable/shared/ids';
import type { Deps } from '../../platform/deps.ts';
import { channel, type Io, type Socket } from '../../platform/sockets.ts';
import type { RoomsEngine } from './rooms-engine.ts';
import type { RoomListener } from './rooms.service.ts';

/** The rooms that a socket is in, or follows the heads of, read back from its channels. */
export function roomsOf(socket: Pick<Socket, 'rooms'>, prefix: 'room:' | 'head:' = 'room:'): RoomId[] {
  return [...socket.rooms]
    .filter((name) => name.startsWith(prefix))
    .map((name) => name.slice(prefix.length) as RoomId);
}

/** Puts out sockets whose seat may no longer read a room it is in, should the message that says so be lost. */
export async function checkLeases(
  io: Pick<Io, 'sockets'>,
  engine: Pick<RoomsEngine, 'heads' | 'leave'>,
  { logger }: Pick<Deps, 'logger'>,
  listener: RoomListener,
): Promise<void> {
  // Of now: whoever comes while the database is asked was let in by it.
  const held = [...io.sockets.sockets.values()].map((socket) => ({
    socket,
    seat: socket.data.person.seatId,
    rooms: roomsOf(socket),
    followed: roomsOf(socket, 'head:'),
  }));
  const asked = held.flatMap(({ seat, rooms, followed }) =>
    [...new Set([...rooms, ...followed])].map((room) => ({ seat, room })),
  );
  if (asked.length === 0) return;
  try {
    const readable = new Set((await engine.heads(asked)).map(({ seat, room }) => `${seat}/${room.id}`));
    for (const { socket, seat, rooms, followed } of held) {
      const isLost = (room: RoomId) => !readable.has(`${seat}/${room}`);
      for (const room of followed.filter(isLost)) void socket.leave(channel.head(room));
      for (const room of rooms.filter(isLost)) {
        void socket.leave(channel.room(room));
        engine.leave({ id: socket.id, seat }, room);
        listener.left(socket, room);
        socket.emit('closed', { room, code: 'notFound' });
      }
    }
  } catch (error) {
    logger.warn({ err: error }, 'lease check failed');
  }
}

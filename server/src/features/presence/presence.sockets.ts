import type { PresenceId, RoomId } from '@longtable/shared/ids';
import { MAX_CURSORS_PER_SECOND, MAX_PRESENCE_ENTRIES } from '@longtable/shared/limits';
import { Cursor, type CursorRange } from '@longtable/shared/protocol/socket/cursor';
import type { Deps } from '../../platform/deps.ts';
import { createRate } from '../../platform/rate.ts';
import { channel, type Io, listen, type Socket } from '../../platform/sockets.ts';
import type { RoomListener } from '../rooms/rooms.service.ts';

/** Moves of all cursors in a room are sent on together, this often. */
const FLUSH_MS = 200;

interface Carrier {
  id: PresenceId;
  cursor: CursorRange;
}

/** Only who was shown can be said to be gone: else leaving would count silent readers and time them. */
const shown = new WeakSet<Carrier>();

interface RoomPresence {
  carriers: Map<string, Carrier>;
  moved: Set<Carrier>;
  gone: PresenceId[];
}

/** The one door for counts of people (exports/small-numbers), handed in because it stands later in the house. */
export type PublishCount = (count: number, audience: 'partnership') => number | null;

/**
 * Who has a cursor where, in memory only. A client says where its cursor is and nothing else; the server
 * writes the rest, and says "someone" by saying nothing. Ids live as long as one stay in one room and are
 * unrelated to clientIDs, seats and each other.
 */
export function createPresence(
  io: Io,
  { logger, clock }: Pick<Deps, 'logger' | 'clock'>,
  publishCount: PublishCount,
) {
  const rooms = new Map<RoomId, RoomPresence>();

  const flush = () => {
    for (const [room, presence] of rooms) {
      const { carriers, moved, gone } = presence;
      if (carriers.size === 0 && gone.length === 0) rooms.delete(room);
      if (moved.size === 0 && gone.length === 0) continue;
      const isCrowd = carriers.size > MAX_PRESENCE_ENTRIES;
      // What is gone must arrive, or its cursor stays for ever; a move is soon followed by the next.
      const to = gone.length > 0 ? io.to(channel.room(room)) : io.to(channel.room(room)).volatile;
      for (const carrier of moved) shown.add(carrier);
      to.emit('presence', {
        room,
        entries: isCrowd ? [] : [...moved],
        gone: [...gone],
        count: isCrowd ? publishCount(carriers.size, 'partnership') : null,
      });
      moved.clear();
      gone.length = 0;
      if (carriers.size === 0) rooms.delete(room);
    }
  };
  const timer = setInterval(flush, FLUSH_MS);
  timer.unref();

  io.on('connection', (socket) => {
    const mayMove = createRate(MAX_CURSORS_PER_SECOND, () => clock.nowMs());
    listen(socket, 'cursor', Cursor, logger, ({ room, cursor }) => {
      const presence = rooms.get(room);
      const carrier = presence?.carriers.get(socket.id);
      if (!presence || !carrier || !mayMove()) return;
      carrier.cursor = cursor;
      if (cursor !== null || shown.has(carrier)) presence.moved.add(carrier);
    });
  });

  const listener: RoomListener = {
    entered(socket: Socket, room, presenceId) {
      const presence = rooms.get(room) ?? {
        carriers: new Map<string, Carrier>(),
        moved: new Set<Carrier>(),
        gone: [],
      };
      rooms.set(room, presence);
      forget(presence, socket.id);
      const known = [...presence.carriers.values()].filter(({ cursor }) => cursor !== null);
      presence.carriers.set(socket.id, { id: presenceId, cursor: null });
      if (known.length > 0 && presence.carriers.size <= MAX_PRESENCE_ENTRIES) {
        socket.emit('presence', { room, entries: known, gone: [], count: null });
      }
    },
    left(socket, room) {
      const presence = rooms.get(room);
      if (!presence) return;
      forget(presence, socket.id);
    },
  };

  return { listener, close: () => clearInterval(timer) };
}

function forget({ carriers, moved, gone }: RoomPresence, socketId: string): void {
  const carrier = carriers.get(socketId);
  if (!carrier) return;
  carriers.delete(socketId);
  moved.delete(carrier);
  if (shown.has(carrier)) gone.push(carrier.id);
}

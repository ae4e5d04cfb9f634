import type { PresenceId, RoomId } from '@longtable/shared/ids';
import { MAX_CURSORS_PER_SECOND, MAX_PRESENCE_ENTRIES } from '@longtable/shared/limits';
import { Cursor, type CursorRange } from '@longtable/shared/protocol/socket/cursor';
import type { Deps } from '../../platform/deps.ts';
import { createRate } from '../../platform/rate.ts';
import { channel, type Io, listen, type Socket } from '../../platform/sockets.ts';
import type { RoomRelay } from '../../platform/room-relay.ts';
import type { RoomListener } from '../rooms/rooms.service.ts';
import { type Entry, hearOthers, type OthersInRoom } from './other-nodes.ts';

/** Moves of all cursors in a room are sent on together, this often. */
const FLUSH_MS = 200;

interface Carrier {
  id: PresenceId;
  cursor: CursorRange;
}

/** Only who was shown can be said to be gone: else leaving would count silent readers and time them. */
const shown = new WeakSet<Carrier>();

interface RoomPresence {
  /** Those on other nodes. */
  others: OthersInRoom;
  carriers: Map<string, Carrier>;
  moved: Set<Carrier>;
  /** Where those who move more often than they may have come to, until the next flush: the last place must be shown. */
  late: Map<Carrier, CursorRange>;
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
  deps: Pick<Deps, 'logger' | 'metrics' | 'clock'>,
  publishCount: PublishCount,
  relay: RoomRelay,
) {
  const rooms = new Map<RoomId, RoomPresence>();

  const open = (room: RoomId): RoomPresence => {
    const others = hearOthers(
      relay,
      room,
      () => deps.clock.nowMs(),
      (change) => show(room, presence, change),
    );
    const presence: RoomPresence = {
      others,
      carriers: new Map(),
      moved: new Set(),
      late: new Map(),
      gone: [],
    };
    rooms.set(room, presence);
    return presence;
  };

  const peopleIn = ({ carriers, others }: RoomPresence) => carriers.size + others.size;

  const show = (
    room: RoomId,
    presence: RoomPresence,
    { entries, gone }: { entries: Entry[]; gone: PresenceId[] },
  ) => {
    const isCrowd = peopleIn(presence) > MAX_PRESENCE_ENTRIES;
    // What is gone must arrive, or its cursor stays for ever; a move is soon followed by the next.
    const to = gone.length > 0 ? io.to(channel.room(room)) : io.to(channel.room(room)).volatile;
    to.emit('presence', {
      room,
      entries: isCrowd ? [] : entries,
      gone,
      count: isCrowd ? publishCount(peopleIn(presence), 'partnership') : null,
    });
  };

  const flush = () => {
    for (const [room, presence] of rooms) {
      const { carriers, moved, late, gone, others } = presence;
      const silent = others.takeSilent();
      for (const [carrier, cursor] of late) move(presence, carrier, cursor);
      for (const carrier of moved) shown.add(carrier);
      const ours = { entries: [...moved], gone: [...gone] };
      moved.clear();
      gone.length = 0;
      others.say(ours, () => [...carriers.values()].filter((carrier) => shown.has(carrier)), carriers.size);
      if (ours.entries.length > 0 || ours.gone.length > 0 || silent.length > 0)
        show(room, presence, { entries: ours.entries, gone: [...ours.gone, ...silent] });
      if (carriers.size > 0) continue;
      others.close();
      rooms.delete(room);
    }
  };
  const timer = setInterval(flush, FLUSH_MS);
  timer.unref();

  io.on('connection', (socket) => {
    const mayMove = createRate(MAX_CURSORS_PER_SECOND, () => deps.clock.nowMs());
    listen(socket, 'cursor', Cursor, deps, ({ room, cursor }) => {
      const presence = rooms.get(room);
      const carrier = presence?.carriers.get(socket.id);
      if (!presence || !carrier) return;
      if (mayMove()) move(presence, carrier, cursor);
      else presence.late.set(carrier, cursor);
    });
  });

  const listener: RoomListener = {
    entered(socket: Socket, room, presenceId) {
      const presence = rooms.get(room) ?? open(room);
      forget(presence, socket.id);
      const known = [...presence.carriers.values(), ...presence.others.entries()].filter(
        ({ cursor }) => cursor !== null,
      );
      presence.carriers.set(socket.id, { id: presenceId, cursor: null });
      if (known.length > 0 && peopleIn(presence) <= MAX_PRESENCE_ENTRIES) {
        socket.emit('presence', { room, entries: known, gone: [], count: null });
      }
    },
    left(socket, room) {
      const presence = rooms.get(room);
      if (!presence) return;
      forget(presence, socket.id);
    },
  };

  return {
    listener,
    close() {
      clearInterval(timer);
      for (const { others } of rooms.values()) others.close();
      rooms.clear();
    },
  };
}

function move({ moved, late }: RoomPresence, carrier: Carrier, cursor: CursorRange): void {
  late.delete(carrier);
  carrier.cursor = cursor;
  if (cursor !== null || shown.has(carrier)) moved.add(carrier);
}

function forget({ carriers, moved, late, gone }: RoomPresence, socketId: string): void {
  const carrier = carriers.get(socketId);
  if (!carrier) return;
  carriers.delete(socketId);
  moved.delete(carrier);
  late.delete(carrier);
  if (shown.has(carrier)) gone.push(carrier.id);
}

import type http from 'node:http';
import { LongtableError } from '@longtable/shared/errors';
import { attachDoorSockets } from './features/circles/circles.sockets.ts';
import { publishCount } from './features/exports/small-numbers.ts';
import { seatOf, sessionFromCookieHeader } from './features/people/people.service.ts';
import { createPresence } from './features/presence/presence.sockets.ts';
import { createKnexUpdateStore } from './features/rooms/knex-update-store.ts';
import { createRoomRelay } from './platform/room-relay.ts';
import { roomKey } from './features/rooms/rooms.service.ts';
import { attachRoomSockets } from './features/rooms/rooms.sockets.ts';
import { startUpkeep } from './features/rooms/upkeep.ts';
import { attachNotesSockets } from './features/rounds/notes.sockets.ts';
import { attachStandingSockets } from './features/rounds/standing.sockets.ts';
import { ownOrigins } from './env.ts';
import type { Deps } from './platform/deps.ts';
import { createSocketServer } from './platform/sockets.ts';

/** Puts every feature that speaks over sockets onto one server. `close` settles all writes first. */
export function attachSockets(httpServer: http.Server, deps: Deps): { close(): Promise<void> } {
  const io = createSocketServer(httpServer, {
    origins: ownOrigins(deps.env),
    logger: deps.logger,
    metrics: deps.metrics,
    async authenticate(cookie, seatId) {
      const session = await sessionFromCookieHeader(deps, cookie);
      if (!session) throw new LongtableError('signedOut');
      const seat = await seatOf(deps.db, session, seatId);
      if (!seat) throw new LongtableError('notFound');
      const { partnershipId, circleId, state } = seat;
      return { seatId, partnershipId, circleId, isSeated: state === 'seated' };
    },
  });
  const relay = createRoomRelay({ ...deps, keyOf: (room) => roomKey(deps.db, room) });
  const presence = createPresence(io, deps, publishCount, relay);
  const rooms = attachRoomSockets(io, deps, createKnexUpdateStore(deps), relay, presence.listener);
  const upkeep = startUpkeep(deps);
  const closeDoors = attachDoorSockets(io, deps);
  const closeStanding = attachStandingSockets(io, deps);
  const closeNotes = attachNotesSockets(io, deps);
  return {
    async close() {
      closeDoors();
      closeStanding();
      closeNotes();
      presence.close();
      await upkeep.close();
      await rooms.close();
      await io.close();
    },
  };
}

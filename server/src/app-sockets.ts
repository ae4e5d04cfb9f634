import type http from 'node:http';
import { LongtableError } from '@longtable/shared/errors';
import { attachDoorSockets } from './features/circles/circles.sockets.ts';
import { publishCount } from './features/exports/small-numbers.ts';
import { seatOf, sessionFromCookieHeader } from './features/people/people.service.ts';
import { createPresence } from './features/presence/presence.sockets.ts';
import { createKnexUpdateStore } from './features/rooms/knex-update-store.ts';
import { attachRoomSockets } from './features/rooms/rooms.sockets.ts';
import { attachStandingSockets } from './features/rounds/standing.sockets.ts';
import { ownOrigins } from './env.ts';
import type { Deps } from './platform/deps.ts';
import { createSocketServer } from './platform/sockets.ts';

/** Puts every feature that speaks over sockets onto one server. `close` settles all writes first. */
export function attachSockets(httpServer: http.Server, deps: Deps): { close(): Promise<void> } {
  const io = createSocketServer(httpServer, {
    origins: ownOrigins(deps.env),
    logger: deps.logger,
    async authenticate(cookie, seatId) {
      const session = await sessionFromCookieHeader(deps, cookie);
      if (!session) throw new LongtableError('signedOut');
      const seat = await seatOf(deps.db, session, seatId);
      if (!seat) throw new LongtableError('notFound');
      const { partnershipId, circleId, state } = seat;
      return { seatId, partnershipId, circleId, isSeated: state === 'seated' };
    },
  });
  const presence = createPresence(io, deps, publishCount);
  const rooms = attachRoomSockets(io, deps, createKnexUpdateStore(deps), presence.listener);
  const closeDoors = attachDoorSockets(io, deps);
  const closeStanding = attachStandingSockets(io, deps);
  return {
    async close() {
      closeDoors();
      closeStanding();
      presence.close();
      await rooms.close();
      await io.close();
    },
  };
}

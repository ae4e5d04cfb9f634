import { randomBytes } from 'node:crypto';
import type { Lineage, RoomId } from '@longtable/shared/ids';
import type { RoomHandle } from '@longtable/shared/protocol/socket/batch';
import { channel, type Io } from '../../platform/sockets.ts';

/** Three bytes are four characters of base64url. */
const HANDLE_BYTES = 3;

/**
 * Short names of the rooms that somebody here sits in, drawn at random: counted up, they would tell one table how many
 * rooms others open. One name for all who sit in a room, so that a message is encoded once for all of them.
 */
export function createHandles(io: Io): { of(room: RoomId, lineage: Lineage): RoomHandle } {
  const known = new Map<string, { lineage: Lineage; handle: RoomHandle }>();
  const taken = new Set<RoomHandle>();
  const forget = (name: string): void => {
    const found = known.get(name);
    if (found) taken.delete(found.handle);
    known.delete(name);
  };
  // The last one has left.
  io.of('/').adapter.on('delete-room', forget);

  return {
    of(room, lineage) {
      const name = channel.room(room);
      const found = known.get(name);
      if (found?.lineage === lineage) return found.handle;
      forget(name);
      let handle: RoomHandle;
      do handle = randomBytes(HANDLE_BYTES).toString('base64url');
      while (taken.has(handle));
      taken.add(handle);
      known.set(name, { lineage, handle });
      return handle;
    },
  };
}

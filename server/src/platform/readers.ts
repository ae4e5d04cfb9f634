import { MAX_UNREAD_BYTES, MAX_UNREAD_MESSAGES } from '@longtable/shared/limits';
import type { Metrics } from './metrics.ts';
import type { Io, Socket } from './sockets.ts';

/** How often slow readers are looked for: what may be written in that time comes on top of the limit. */
const CHECK_MS = 500;

/** Of Engine.IO's connection, what it keeps to itself. */
interface Connection {
  writeBuffer: readonly { data?: string | Uint8Array }[];
  transport: { socket?: { terminate?: () => void } };
}

const connectionOf = (socket: Socket): Connection => socket.conn as unknown as Connection;

/** What waits for this reader behind what its network is taking right now. */
export function unreadBytesOf(socket: Socket): number {
  let bytes = 0;
  for (const { data } of connectionOf(socket).writeBuffer) bytes += data?.length ?? 0;
  return bytes;
}

/**
 * Sends connections away that do not read: what waits for them would otherwise grow without bound. They lose nothing,
 * since whoever joins again is given what they lack. A plain close would wait its turn behind all that is unread, for
 * as long as the reader likes; so the connection is cut. Returns what ends the watch.
 */
export function watchReaders(io: Io, metrics: Metrics): () => void {
  let unreadBytes = 0;
  const check = (): void => {
    unreadBytes = 0;
    for (const socket of io.sockets.sockets.values()) {
      const { writeBuffer, transport } = connectionOf(socket);
      if (writeBuffer.length === 0) continue;
      const bytes = unreadBytesOf(socket);
      unreadBytes += bytes;
      if (bytes <= MAX_UNREAD_BYTES && writeBuffer.length <= MAX_UNREAD_MESSAGES) continue;
      metrics.droppedReader();
      socket.conn.close(true);
      transport.socket?.terminate?.();
    }
  };
  const timer = setInterval(check, CHECK_MS);
  timer.unref();
  const endWatch = metrics.watch('longtable_unread_bytes', () => unreadBytes);
  return () => {
    clearInterval(timer);
    endWatch();
  };
}

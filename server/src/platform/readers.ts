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

/** Socket.io's type of a packet that answers a request of the other side, at the head of its text. */
const ANSWER = '3';

/**
 * What waits for a reader behind what its network is taking right now. Answers are what it asked for itself: a whole
 * section may be in one, so they do not speak against it. They are bounded by `untilTaken`.
 */
export function unreadBytesOf(socket: Socket): { sent: number; answers: number } {
  const bytes = { sent: 0, answers: 0 };
  for (const { data } of connectionOf(socket).writeBuffer)
    bytes[typeof data === 'string' && data.startsWith(ANSWER) ? 'answers' : 'sent'] += data?.length ?? 0;
  return bytes;
}

/** Resolves when this reader's network has taken all answers it was given, or the connection is over. */
export async function untilTaken(socket: Socket): Promise<void> {
  while (socket.connected && unreadBytesOf(socket).answers > 0)
    await new Promise<void>((resolve) => {
      const done = () => {
        socket.conn.off('drain', done).off('close', done);
        resolve();
      };
      socket.conn.on('drain', done).on('close', done);
    });
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
      const { sent, answers } = unreadBytesOf(socket);
      unreadBytes += sent + answers;
      if (sent <= MAX_UNREAD_BYTES && writeBuffer.length <= MAX_UNREAD_MESSAGES) continue;
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

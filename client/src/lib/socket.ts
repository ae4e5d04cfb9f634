import type { SeatId } from '@longtable/shared/ids';
import type { ClientEvents, ServerEvents } from '@longtable/shared/protocol/socket/events';
import { PROTOCOL_VERSION } from '@longtable/shared/protocol/version';
import { CONTENT_VERSION } from '@longtable/shared/documents/model/version';
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';

export type TableSocket = Socket<ServerEvents, ClientEvents>;

export interface SocketTarget {
  seat: SeatId;
  /** Where the server is; the page's own origin unless a tool outside a browser says otherwise. */
  url?: string;
  /** For tools outside a browser: the session cookie, and anything else Socket.io takes. */
  options?: Partial<ManagerOptions & SocketOptions>;
}

/**
 * A socket that is not connected yet, never sends by itself what was emitted while it was away, and never connects
 * again by itself: Socket.io cannot be hurried while it waits, and its later waits are all the longest.
 */
export function createSocket({ seat, url, options }: SocketTarget): TableSocket {
  const target = {
    autoConnect: false,
    auth: { protocol: PROTOCOL_VERSION, content: CONTENT_VERSION, seat },
    transports: ['websocket', 'polling'],
    tryAllTransports: true,
    reconnection: false,
    forceNew: true,
    ...options,
  };
  return url === undefined ? io(target) : io(url, target);
}

import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { CONTENT_VERSION } from '@longtable/shared/documents/model/version';
import type { SeatId } from '@longtable/shared/ids';
import type { ClientEvents, ServerEvents } from '@longtable/shared/protocol/socket/events';
import { PROTOCOL_VERSION } from '@longtable/shared/protocol/version';
import { io, type Socket } from 'socket.io-client';
import { attachSockets } from '../app-sockets.ts';
import type { TestPerson } from './factories.ts';
import type { TestDeps } from './test-deps.ts';

export type ClientSocket = Socket<ServerEvents, ClientEvents>;

/** A connection as a page of this server makes it, unless told otherwise. */
export interface Caller {
  seat: SeatId | string;
  cookie?: string;
  auth?: object;
  headers?: Record<string, string>;
}

export interface TestSockets {
  /** Those that were given, with this server's address. */
  deps: TestDeps;
  connect(caller: Caller): ClientSocket;
  /** Resolves once it is in. */
  connected(person: Pick<TestPerson, 'cookie' | 'seat'>): Promise<ClientSocket>;
  /** Why a connection is refused, or `connected`. */
  refusal(socket: ClientSocket): Promise<string>;
  /** Ends every connection that was made here, then the server. */
  close(): Promise<void>;
}

/** The sockets of all features on a port of their own. */
export async function startTestSockets(given: TestDeps): Promise<TestSockets> {
  const server = http.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const publicUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const deps = { ...given, env: { ...given.env, publicUrl } };
  const sockets = attachSockets(server, deps);
  const opened: ClientSocket[] = [];

  const connect: TestSockets['connect'] = ({ seat, cookie, auth = {}, headers = {} }) => {
    const socket: ClientSocket = io(publicUrl, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      auth: { protocol: PROTOCOL_VERSION, content: CONTENT_VERSION, seat, ...auth },
      extraHeaders: { ...(cookie ? { cookie } : {}), ...headers },
    });
    opened.push(socket);
    return socket;
  };

  return {
    deps,
    connect,
    async connected({ cookie, seat }) {
      const socket = connect({ cookie, seat: seat.id });
      await new Promise<void>((resolve, reject) => {
        socket.on('connect', resolve);
        socket.on('connect_error', reject);
      });
      return socket;
    },
    refusal: (socket) =>
      new Promise((resolve) => {
        socket.on('connect', () => resolve('connected'));
        socket.on('connect_error', (error) =>
          resolve((error as { data?: { code: string } }).data?.code ?? 'closed'),
        );
      }),
    async close() {
      for (const socket of opened) socket.disconnect();
      await sockets.close();
      server.close();
    },
  };
}

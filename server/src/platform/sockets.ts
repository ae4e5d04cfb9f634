import type http from 'node:http';
import { LongtableError, type WireError } from '@longtable/shared/errors';
import type { CircleId, PartnershipId, RoomId, SeatId } from '@longtable/shared/ids';
import { MAX_SOCKET_MESSAGE_BYTES } from '@longtable/shared/limits';
import { Handshake } from '@longtable/shared/protocol/socket/handshake';
import type { ClientEvents, ServerEvents } from '@longtable/shared/protocol/socket/events';
import { PROTOCOL_VERSION } from '@longtable/shared/protocol/version';
import { CONTENT_VERSION } from '@longtable/shared/documents/model/version';
import { Server, type Socket as IoSocket } from 'socket.io';
import type { z } from 'zod';
import { type RefusalDeps, toWireError } from './wire-error.ts';

/** Who a socket speaks for, fixed for its life: a change of role closes it. */
export interface SocketPerson {
  seatId: SeatId;
  partnershipId: PartnershipId;
  circleId: CircleId | null;
  isSeated: boolean;
}

export interface SocketData {
  person: SocketPerson;
}

export type Io = Server<ClientEvents, ServerEvents, Record<never, never>, SocketData>;
export type Socket = IoSocket<ClientEvents, ServerEvents, Record<never, never>, SocketData>;

/** Names of the groups that a message can be sent to. */
export const channel = {
  room: (room: RoomId) => `room:${room}`,
  head: (room: RoomId) => `head:${room}`,
  table: (partnership: PartnershipId) => `table:${partnership}`,
  circle: (circle: CircleId) => `circle:${circle}`,
  seat: (seat: SeatId) => `seat:${seat}`,
};

/** How long a silent connection counts as alive: a phone in a lift gets back sooner than that. */
const PING_INTERVAL_MS = 15_000;
const PING_TIMEOUT_MS = 15_000;

export interface SocketServerOptions extends RefusalDeps {
  /** Origins whose pages may connect; anything else is a foreign page using someone's cookie. */
  origins: readonly string[];
  /** @throws LongtableError signedOut or notFound */
  authenticate(cookie: string | undefined, seat: SeatId): Promise<SocketPerson>;
}

export function createSocketServer(httpServer: http.Server, options: SocketServerOptions): Io {
  const io: Io = new Server(httpServer, {
    serveClient: false,
    perMessageDeflate: false,
    httpCompression: false,
    maxHttpBufferSize: MAX_SOCKET_MESSAGE_BYTES,
    pingInterval: PING_INTERVAL_MS,
    pingTimeout: PING_TIMEOUT_MS,
    cookie: false,
    // Browsers always send Origin with a WebSocket, and not with a same-origin GET of long polling.
    allowRequest: (request, decide) => {
      const { origin } = request.headers;
      const isOurs = origin === undefined || options.origins.includes(origin);
      decide(isOurs ? null : 'foreign origin', isOurs);
    },
  });
  io.use((socket, next) => {
    admit(socket, options).then(
      () => next(),
      (error: unknown) => next(Object.assign(new Error('refused'), { data: toWireError(error, options) })),
    );
  });
  // Whoever closed the seat between the check and the connection found no socket to put out yet.
  io.on('connection', (socket) => {
    options
      .authenticate(socket.handshake.headers.cookie, socket.data.person.seatId)
      .catch(() => socket.disconnect(true));
  });
  return io;
}

async function admit(socket: Socket, { authenticate }: SocketServerOptions): Promise<void> {
  const { protocol, content, seat } = Handshake.parse(socket.handshake.auth);
  if (protocol !== PROTOCOL_VERSION || content !== CONTENT_VERSION) throw new LongtableError('oldClient');
  const person = await authenticate(socket.handshake.headers.cookie, seat);
  socket.data.person = person;
  await socket.join(channel.seat(person.seatId));
  if (person.isSeated) await socket.join(channel.table(person.partnershipId));
  if (person.circleId && person.isSeated) await socket.join(channel.circle(person.circleId));
}

/**
 * Listens to one event: parses it, runs the handler, answers once. Nothing that a client sends may throw
 * past here, since a throwing Socket.io handler ends the process.
 */
export function listen<Schema extends z.ZodType>(
  socket: Socket,
  event: keyof ClientEvents,
  schema: Schema,
  deps: RefusalDeps,
  handler: (request: z.infer<Schema>) => unknown,
  present?: { ok: (result: never) => unknown; refused: (error: WireError, raw: unknown) => unknown },
): void {
  const run = async (raw: unknown, reply: unknown): Promise<void> => {
    const answer =
      typeof reply === 'function'
        ? (message: unknown) => void (reply as (m: unknown) => void)(message)
        : () => {};
    try {
      const result = await handler(schema.parse(raw));
      answer(present ? present.ok(result as never) : { ok: true });
    } catch (error) {
      const refused = toWireError(error, deps);
      answer(present ? present.refused(refused, raw) : { ok: false, error: refused });
    }
  };
  socket.on(event, ((raw: unknown, reply: unknown) => void run(raw, reply)) as never);
}

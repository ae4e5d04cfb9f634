import { randomUUID } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { CONTENT_VERSION } from '@longtable/shared/documents/model/version';
import type { Lineage, RoomId } from '@longtable/shared/ids';
import type { ClientEvents, ServerEvents } from '@longtable/shared/protocol/socket/events';
import type { PushReply } from '@longtable/shared/protocol/socket/push';
import { PROTOCOL_VERSION } from '@longtable/shared/protocol/version';
import { io, type Socket } from 'socket.io-client';
import { attachSockets } from '../../app-sockets.ts';
import { describeEachBackend } from '../../testing/backends.ts';
import { seatedMember, startPartnership, type TestPerson } from '../../testing/factories.ts';
import { createTestDeps, type TestDeps } from '../../testing/test-deps.ts';

describeEachBackend('the processor time of one socket', (backend) => {
  let server: http.Server;
  let sockets: { close(): Promise<void> };
  let deps: TestDeps;
  const opened: Socket<ServerEvents, ClientEvents>[] = [];

  beforeAll(async () => {
    server = http.createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const test = createTestDeps(backend.db);
    const publicUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    deps = { ...test, env: { ...test.env, publicUrl } };
    sockets = attachSockets(server, deps);
  });
  afterAll(async () => {
    for (const socket of opened) socket.disconnect();
    await sockets.close();
    server.close();
  });

  const connect = async ({ cookie, seat }: TestPerson) => {
    const socket: Socket<ServerEvents, ClientEvents> = io(deps.env.publicUrl, {
      transports: ['websocket'],
      forceNew: true,
      auth: { protocol: PROTOCOL_VERSION, content: CONTENT_VERSION, seat: seat.id },
      extraHeaders: { cookie },
    });
    opened.push(socket);
    await new Promise<void>((resolve, reject) => {
      socket.on('connect', resolve);
      socket.on('connect_error', reject);
    });
    return socket;
  };

  /** Into a room that it has not joined: refused, which costs the server a new copy of the room. */
  const pushInVain = async (socket: Socket<ServerEvents, ClientEvents>): Promise<string> => {
    const [room, lineage] = [randomUUID() as RoomId, randomUUID() as Lineage];
    const answer = await new Promise<PushReply>((resolve) =>
      socket.emit('push', { room, lineage, clientSeq: 1, bytes: 'AAA=' }, resolve),
    );
    return answer.ok ? 'taken' : answer.error.code;
  };

  /** How many refusals it gets before it must wait. */
  const spendAll = async (socket: Socket<ServerEvents, ClientEvents>): Promise<number> => {
    for (let refusals = 0; refusals < 110; refusals++) {
      const code = await pushInVain(socket);
      if (code === 'tooFast') return refusals;
      expect(code).toBe('resync');
    }
    return Infinity;
  };

  it('is bounded: whoever has spent it waits until it is paid back, and nobody else does', async () => {
    const { circles } = await startPartnership(deps);
    const [greedy, other] = [
      await connect(await seatedMember(deps, circles[0]!)),
      await connect(await seatedMember(deps, circles[1]!)),
    ];
    // A second is saved up, a refusal counts at least 25 ms, and this clock stands still.
    expect(await spendAll(greedy)).toBeLessThanOrEqual(41);
    const rooms = [{ room: randomUUID() as RoomId }];
    const joined = await new Promise((resolve) => greedy.emit('join', { rooms }, resolve));
    expect(joined).toMatchObject({ ok: true, rooms: [{ ok: false, error: { code: 'tooFast' } }] });
    expect(await pushInVain(other)).toBe('resync');

    // A quarter of each second is paid back: ten refusals.
    deps.clock.advanceMs(1_000);
    const paidBack = await spendAll(greedy);
    expect(paidBack).toBeGreaterThan(5);
    expect(paidBack).toBeLessThanOrEqual(11);
  });
});

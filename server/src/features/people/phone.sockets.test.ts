import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { CONTENT_VERSION } from '@longtable/shared/documents/model/version';
import type { ClientEvents, ServerEvents } from '@longtable/shared/protocol/socket/events';
import { PROTOCOL_VERSION } from '@longtable/shared/protocol/version';
import { io, type Socket } from 'socket.io-client';
import { attachSockets } from '../../app-sockets.ts';
import { describeEachBackend } from '../../testing/backends.ts';
import { seatedMember, startPartnership, type TestPerson } from '../../testing/factories.ts';
import { type TestServer, startTestServer } from '../../testing/http-client.ts';
import { type TestDeps, createTestDeps } from '../../testing/test-deps.ts';

type ClientSocket = Socket<ServerEvents, ClientEvents>;

describeEachBackend('sockets of a shared phone', (backend) => {
  let deps: TestDeps;
  let server: TestServer;
  let live: http.Server;
  let sockets: { close(): Promise<void> };
  const opened: ClientSocket[] = [];

  beforeAll(async () => {
    live = http.createServer();
    await new Promise<void>((resolve) => live.listen(0, '127.0.0.1', resolve));
    const test = createTestDeps(backend.db);
    deps = {
      ...test,
      env: { ...test.env, publicUrl: `http://127.0.0.1:${(live.address() as AddressInfo).port}` },
    };
    sockets = attachSockets(live, deps);
    server = await startTestServer(deps);
  });
  afterAll(async () => {
    for (const socket of opened) socket.disconnect();
    await sockets.close();
    live.close();
    await server.close();
  });

  const connect = ({ cookie, seat }: TestPerson): ClientSocket => {
    const socket: ClientSocket = io(deps.env.publicUrl, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      auth: { protocol: PROTOCOL_VERSION, content: CONTENT_VERSION, seat: seat.id },
      extraHeaders: { cookie },
    });
    opened.push(socket);
    return socket;
  };
  const connected = async (who: TestPerson) => {
    const socket = connect(who);
    await new Promise<void>((resolve, reject) => {
      socket.on('connect', resolve);
      socket.on('connect_error', reject);
    });
    return socket;
  };

  it('close when the phone is passed, and none opens for a locked seat', async () => {
    const { circles } = await startPartnership(deps);
    const [someone, colleague] = [
      await seatedMember(deps, circles[0]!),
      await seatedMember(deps, circles[0]!),
    ];
    const phone = server.newDevice();
    phone.cookies.set('lt', someone.cookie.slice('lt='.length));
    await phone.post('/api/phone/pin', { body: { pin: '4931' } });

    const [theirs, other] = [await connected(someone), await connected(colleague)];
    const closed = new Promise<string>((resolve) => theirs.on('disconnect', resolve));
    expect((await phone.post('/api/phone/pass')).status).toBe(204);
    expect(await closed).toBe('io server disconnect');
    expect(other.connected).toBe(true);

    const refused = await new Promise<{ data?: unknown }>((resolve) =>
      connect({ ...someone, cookie: `lt=${phone.cookies.get('lt')}` }).on('connect_error', resolve),
    );
    expect(refused.data).toEqual({ code: 'notFound' });
  });
});

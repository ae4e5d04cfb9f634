import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeEachBackend } from '../../testing/backends.ts';
import { seatedMember, startPartnership } from '../../testing/factories.ts';
import { type TestServer, startTestServer } from '../../testing/http-client.ts';
import { startTestSockets, type TestSockets } from '../../testing/sockets.ts';
import { createTestDeps } from '../../testing/test-deps.ts';

describeEachBackend('sockets of a shared phone', (backend) => {
  let server: TestServer;
  let sockets: TestSockets;
  beforeAll(async () => {
    sockets = await startTestSockets(createTestDeps(backend.db));
    server = await startTestServer(sockets.deps);
  });
  afterAll(async () => {
    await sockets.close();
    await server.close();
  });

  it('close when the phone is passed, and none opens for a locked seat', async () => {
    const { deps, connect, connected, refusal } = sockets;
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

    const cookie = `lt=${phone.cookies.get('lt')}`;
    expect(await refusal(connect({ seat: someone.seat.id, cookie }))).toBe('notFound');
  });
});

import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { Me } from '@longtable/shared/protocol/http/people';
import { describeEachBackend } from '../../testing/backends.ts';
import { type Device, type TestServer, startTestServer } from '../../testing/http-client.ts';
import { type TestDeps, createTestDeps } from '../../testing/test-deps.ts';

const PIN = '4931';

describeEachBackend('the token of a shared phone', (backend) => {
  let deps: TestDeps;
  let server: TestServer;
  let phone: Device;
  beforeAll(async () => {
    deps = createTestDeps(backend.db);
    server = await startTestServer(deps);
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    phone = server.newDevice();
    await phone.post('/api/partnerships', {
      body: { title: 'A table', template: 'full', locales: ['en'], circles: 1, handle: { picture: 'boat' } },
    });
    await phone.post('/api/phone/pin', { body: { pin: PIN } });
  });

  const token = () => phone.cookies.get('lt')!;
  const stateWith = async (value: string) => {
    const other = server.newDevice();
    other.cookies.set('lt', value);
    return Me.parse((await other.get('/api/me')).body).phone;
  };
  const pass = () => phone.post('/api/phone/pass');
  const open = () => phone.post('/api/phone/open', { body: { pin: PIN } });

  it('is a new one each time the phone is passed and each time it is opened', async () => {
    const seen = [token()];
    await pass();
    seen.push(token());
    await open();
    seen.push(token());
    expect(new Set(seen).size).toBe(3);
    expect(await stateWith(token())).toBe('shared');
  });

  it('the one before opens nothing once the new one was shown', async () => {
    const before = token();
    await pass();
    expect(await stateWith(token())).toBe('locked');
    expect(await stateWith(before)).toBe('own');
  });

  it('an answer that gets lost takes nobody’s seat away', async () => {
    const before = token();
    await pass();
    phone.cookies.set('lt', before);
    expect((await open()).status).toBe(204);
    expect(await stateWith(token())).toBe('shared');
  });

  it('of two requests at once only one changes it, in whatever order their answers come', async () => {
    const cookie = `lt=${token()}`;
    const other = server.newDevice();
    const answers = await Promise.all(
      [phone, other].map((device) => device.post('/api/phone/pass', { headers: { cookie } })),
    );
    expect(answers.filter(({ headers }) => headers['set-cookie'] !== undefined)).toHaveLength(1);
  });
});

import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { AskingList, SentStatement } from '@longtable/shared/protocol/http/partners';
import { describeEachBackend } from '../../testing/backends.ts';
import { seatedMember, startPartnership, type TestPerson } from '../../testing/factories.ts';
import { type Device, type TestServer, startTestServer } from '../../testing/http-client.ts';
import { partnerCalls, statement } from '../../testing/partners.ts';
import { type TestDeps, createTestDeps } from '../../testing/test-deps.ts';
import { mintCode } from '../circles/codes.service.ts';

const [PIN_A, PIN_B] = ['4931', '80267'];

describeEachBackend('where an organisation waits', (backend) => {
  let deps: TestDeps;
  let server: TestServer;
  let calls: ReturnType<typeof partnerCalls>;
  let one: TestPerson;
  let two: TestPerson;
  let empty: Parameters<typeof mintCode>[1];
  beforeAll(async () => {
    deps = createTestDeps(backend.db);
    server = await startTestServer(deps);
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    const table = await startPartnership(deps, { circles: 3 });
    one = await seatedMember(deps, table.circles[0]!);
    two = await seatedMember(deps, table.circles[1]!);
    empty = table.circles[2]!;
    calls = partnerCalls(server, table.id);
  });

  const invited = async (name?: string) =>
    (await calls.invite(one, name)).body as { partnerId: string; code: string };
  const waiting = async (device: Device) => AskingList.parse((await device.get('/api/askings')).body).askings;
  const asking = async (device = server.newDevice(), name?: string) => {
    const { partnerId, code } = await invited(name);
    await calls.open(device, code);
    const sent = SentStatement.parse((await calls.send(device, code)).body);
    return { device, partnerId, code, wayBack: sent.code };
  };

  it('looking at an invitation uses nothing up, and tells the table nothing', async () => {
    const { code } = await invited();
    const look = async () => (await calls.list(one)).bytes.toString();
    const before = await look();
    const device = server.newDevice();
    for (let i = 0; i < 2; i++)
      expect((await calls.open(device, code)).body).toMatchObject({
        name: 'The clinic',
        locale: 'ar',
        state: 'invited',
      });
    expect(await waiting(device)).toEqual([]);
    expect(await look()).toBe(before);
    expect((await calls.send(server.newDevice(), code)).status).toBe(200);
  });

  it('comes back with its own code to whatever device, and the invitation opens nothing elsewhere any more', async () => {
    const { code, wayBack, partnerId, device } = await asking();
    const other = server.newDevice();
    expect((await calls.open(other, code)).status).toBe(404);
    expect((await calls.open(other, wayBack.toLowerCase())).body).toMatchObject({
      state: 'asking',
      statement,
    });
    expect(await waiting(device)).toEqual([]);
    expect((await calls.open(device, code)).status).toBe(404);
    await calls.answer(one, partnerId, 'yes');
    await calls.answer(two, partnerId, 'yes');
    expect((await calls.sit(device, partnerId)).status).toBe(404);
    expect((await calls.sit(other, partnerId)).status).toBe(200);
    for (const gone of [wayBack, code]) expect((await calls.open(other, gone)).status).toBe(404);
  });

  it('the answer to what it sent got lost: its first link goes on opening what it asks, on this device', async () => {
    const device = server.newDevice();
    const { code, partnerId } = await invited();
    await calls.open(device, code);
    // The answer comes with everything that it would set, and never arrives.
    const cookies = new Map(device.cookies);
    const lost = SentStatement.parse((await calls.send(device, code)).body);
    device.cookies.clear();
    for (const [name, value] of cookies) device.cookies.set(name, value);

    expect((await calls.open(device, code)).body).toMatchObject({ partnerId, state: 'asking', statement });
    const again = await calls.send(device, code, { ...statement, from: 'Other words.' });
    const { code: wayBack } = SentStatement.parse(again.body);
    expect((await waiting(device)).map((each) => each.statement)).toEqual([statement]);
    expect((await calls.open(server.newDevice(), lost.code)).status).toBe(404);
    for (const stranger of [
      await calls.open(server.newDevice(), code),
      await calls.send(server.newDevice(), code),
    ])
      expect([stranger.status, stranger.body]).toEqual([404, { code: 'codeUnknown' }]);
    expect((await calls.open(server.newDevice(), wayBack)).status).toBe(200);
  });

  it('several askings wait on one device, each of them', async () => {
    const device = server.newDevice();
    await asking(device, 'The clinic');
    await asking(device, 'The library');
    expect((await waiting(device)).map(({ name }) => name).sort()).toEqual(['The clinic', 'The library']);
  });

  it('on a phone that several people share, it waits behind one PIN', async () => {
    const phone = server.newDevice();
    const pin = (action: 'pin' | 'open' | 'someone', value: string) =>
      phone.post(`/api/phone/${action}`, { body: { pin: value } });
    const pass = () => phone.post('/api/phone/pass');
    const { code } = await mintCode(deps, empty, { uses: 1, days: 1 }, true);
    await phone.post('/api/join', { body: { code, handle: { picture: 'kite' }, locale: 'en' } });
    const first = await asking(phone, 'The clinic');
    await pin('pin', PIN_A!);
    expect(await waiting(phone)).toHaveLength(1);

    await pin('someone', PIN_B!);
    expect(await waiting(phone)).toEqual([]);
    expect((await calls.open(phone, first.code)).status).toBe(404);
    expect((await calls.sit(phone, first.partnerId)).status).toBe(404);
    expect((await phone.delete(`/api/askings/${first.partnerId}`)).status).toBe(404);

    // Who has nothing on the phone but an asking keeps the place that it waits in.
    const second = await asking(phone, 'The library');
    await pass();
    expect(await waiting(phone)).toEqual([]);
    await pin('open', PIN_B!);
    expect((await waiting(phone)).map(({ partnerId }) => partnerId)).toEqual([second.partnerId]);
    await pass();
    await pin('open', PIN_A!);
    expect((await waiting(phone)).map(({ partnerId }) => partnerId)).toEqual([first.partnerId]);
  });
});

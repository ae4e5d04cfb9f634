import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { MAX_CIRCLES, MAX_CODE_DAYS } from '@longtable/shared/limits';
import { type AskingList, PartnerList } from '@longtable/shared/protocol/http/partners';
import { Table } from '@longtable/shared/protocol/http/partnerships';
import type { BusMessage } from '../../platform/bus.ts';
import { describeEachBackend } from '../../testing/backends.ts';
import { seatedMember, startPartnership, type TestPerson } from '../../testing/factories.ts';
import { type TestServer, startTestServer } from '../../testing/http-client.ts';
import { partnerCalls, statement } from '../../testing/partners.ts';
import { type TestDeps, createTestDeps } from '../../testing/test-deps.ts';

const SLOW_MS = 30_000;
const DAY_MS = 86_400_000;

describeEachBackend('partners', (backend) => {
  let deps: TestDeps;
  let server: TestServer;
  beforeAll(async () => {
    deps = createTestDeps(backend.db);
    server = await startTestServer(deps);
  });
  afterAll(() => server.close());

  /** Three circles, in two of which somebody sits. */
  const setTable = async (circles = 3) => {
    const table = await startPartnership(deps, { circles });
    const one = await seatedMember(deps, table.circles[0]!);
    const two = await seatedMember(deps, table.circles[1]!);
    const calls = partnerCalls(server, table.id);
    const listed = async (who: TestPerson) => PartnerList.parse((await calls.list(who)).body).partners;
    const tableOf = async (who: TestPerson) =>
      Table.parse(
        (
          await server.newDevice().get(`/api/partnerships/${table.id}`, {
            seat: who.seat.id,
            headers: { cookie: who.cookie },
          })
        ).body,
      );
    const invited = async (who: TestPerson = one) => {
      const { partnerId, code } = (await calls.invite(who)).body as { partnerId: string; code: string };
      return { partnerId, code };
    };
    const asking = async (said = statement) => {
      const device = server.newDevice();
      const { partnerId, code } = await invited();
      const sent = await calls.send(device, code, said);
      return { device, partnerId, code, sent, wayBack: (sent.body as { code: string }).code };
    };
    return { table, facilitator: table.facilitator, one, two, ...calls, listed, tableOf, invited, asking };
  };

  it(
    'has a circle of its own once every circle that sat there has said yes, and not before',
    async () => {
      const { one, two, asking, answer, sit, listed, tableOf } = await setTable();
      const { device, partnerId } = await asking();
      expect((await sit(device, partnerId)).status).toBe(409);
      expect((await answer(one, partnerId, 'yes')).status).toBe(204);
      expect((await listed(two))[0]).toMatchObject({ state: 'asking', circleId: null });
      expect((await sit(device, partnerId)).status).toBe(409);
      expect((await tableOf(one)).circles).toHaveLength(3);

      expect((await answer(two, partnerId, 'yes')).status).toBe(204);
      const [partner] = await listed(one);
      expect(partner).toMatchObject({ state: 'agreed', statement });
      const added = (await tableOf(one)).circles.find(({ id }) => id === partner!.circleId);
      expect(added).toMatchObject({ number: 4, isSeated: false, labels: [] });

      const { status, body } = await sit(device, partnerId);
      expect(status).toBe(200);
      const seat = (body as { seatId: string }).seatId as TestPerson['seat']['id'];
      const own = Table.parse(
        (await device.get(`/api/partnerships/${one.seat.partnershipId}`, { seat })).body,
      );
      expect(own.circles.find(({ isMine }) => isMine)).toMatchObject({
        id: partner!.circleId,
        isSeated: true,
      });
      expect((await sit(device, partnerId)).status).toBe(404);
    },
    SLOW_MS,
  );

  it('asks those who sit there when it speaks: whoever comes later is not asked, and silence is no yes', async () => {
    const { table, one, two, asking, answer, listed, facilitator } = await setTable();
    const { partnerId } = await asking();
    const late = await seatedMember(deps, table.circles[2]!);
    expect((await listed(late))[0]!.own).toBeNull();
    expect((await answer(late, partnerId, 'yes')).status).toBe(404);
    expect((await answer(facilitator, partnerId, 'yes')).status).toBe(404);
    await answer(two, partnerId, 'yes');
    expect((await listed(one))[0]).toMatchObject({ state: 'asking', own: { answer: null, words: null } });
  });

  it('may be told not yet, and yes later; the last word of a circle counts', async () => {
    const { table, one, two, asking, answer, listed } = await setTable();
    const { partnerId } = await asking();
    const friend = await seatedMember(deps, table.circles[0]!);
    await answer(one, partnerId, 'yes');
    await answer(friend, partnerId, 'notYet', 'Who chose the board?');
    await answer(two, partnerId, 'yes');
    expect((await listed(one))[0]).toMatchObject({
      state: 'asking',
      own: { answer: 'notYet', words: 'Who chose the board?' },
    });
    await answer(one, partnerId, 'yes');
    expect((await listed(one))[0]!.state).toBe('agreed');
    expect((await answer(one, partnerId, 'notYet')).status).toBe(409);
  });

  it('of another circle’s answer nothing is to be learned, by page or by message', async () => {
    const { one, two, facilitator, asking, answer, list } = await setTable();
    const { partnerId, device } = await asking();
    const heard: BusMessage[] = [];
    const stop = deps.bus.subscribe((message) => heard.push(message));
    const look = async () =>
      Promise.all(
        [list(two), list(facilitator), device.get('/api/askings')].map(async (call) => (await call).bytes),
      );
    const before = await look();
    await answer(one, partnerId, 'notYet', 'CanaryWords');
    expect(await look()).toEqual(before);
    await answer(one, partnerId, 'yes');
    expect(await look()).toEqual(before);
    stop();
    expect(heard.map((message) => message.kind === 'standing' && message.circleId)).toEqual([
      one.seat.circleId,
      one.seat.circleId,
    ]);
  });

  it('always stands with what it is beside its circle’s name', async () => {
    const { one, two, asking, answer, tableOf } = await setTable();
    const { partnerId } = await asking({ ...statement, is: ['police', 'funder'] });
    await answer(one, partnerId, 'yes');
    await answer(two, partnerId, 'yes');
    expect((await tableOf(two)).circles.map(({ labels }) => labels)).toEqual([
      [],
      [],
      [],
      ['police', 'funder'],
    ]);
  });

  it('cannot leave a question blank, and can say that it has no ties', async () => {
    const { invited, send, one, listed } = await setTable();
    const { code } = await invited();
    const device = server.newDevice();
    const { police: _, ...ties } = statement.ties;
    for (const blank of [
      { ...statement, from: ' ' },
      { ...statement, ties },
      { ...statement, ties: { ...statement.ties, police: { has: true, words: '' } } },
    ])
      expect((await send(device, code, blank as typeof statement)).status).toBe(400);
    expect((await listed(one))[0]!.state).toBe('invited');
    const none = { has: false } as const;
    const said = { ...statement, ties: { police: none, immigration: none, funders: none } };
    expect((await send(device, code, said)).status).toBe(200);
  });

  it('comes back with its own code to whatever device, and the invitation opens nothing any more', async () => {
    const { asking, open, one, two, answer, sit } = await setTable();
    const { code, wayBack, partnerId, device } = await asking();
    const other = server.newDevice();
    expect((await open(other, code)).status).toBe(404);
    expect((await open(other, wayBack.toLowerCase())).body).toMatchObject({ state: 'asking', statement });
    expect(((await device.get('/api/askings')).body as AskingList).askings).toEqual([]);
    await answer(one, partnerId, 'yes');
    await answer(two, partnerId, 'yes');
    expect((await sit(device, partnerId)).status).toBe(404);
    expect((await sit(other, partnerId)).status).toBe(200);
    expect((await open(server.newDevice(), wayBack)).status).toBe(404);
  });

  it('looking at an invitation uses nothing up and leaves no trace on the device', async () => {
    const { invited, open, send } = await setTable();
    const { code } = await invited();
    const device = server.newDevice();
    for (let i = 0; i < 2; i++)
      expect((await open(device, code)).body).toMatchObject({
        name: 'The clinic',
        locale: 'ar',
        state: 'invited',
      });
    expect(device.cookies.size).toBe(0);
    expect((await send(device, code)).status).toBe(200);
  });

  it('an invitation can be taken back until it is answered, later ended by a facilitator alone, and ends by itself', async () => {
    const { invited, takeBack, open, send, asking, one, facilitator, listed } = await setTable();
    const first = await invited();
    expect((await takeBack(facilitator, first.partnerId)).status).toBe(204);
    const { partnerId, wayBack } = await asking();
    expect((await takeBack(one, partnerId)).status).toBe(409);
    expect((await takeBack(facilitator, partnerId)).status).toBe(204);
    expect((await open(server.newDevice(), wayBack)).status).toBe(404);
    const late = await invited();
    deps.clock.advanceMs((MAX_CODE_DAYS + 1) * DAY_MS);
    for (const code of [first.code, late.code, 'AAAA-AAAA-AAAA']) {
      const answers = [await open(server.newDevice(), code), await send(server.newDevice(), code)];
      expect(answers.map(({ status, body }) => [status, body])).toEqual([
        [404, { code: 'codeUnknown' }],
        [404, { code: 'codeUnknown' }],
      ]);
    }
    deps.clock.advanceMs(-(MAX_CODE_DAYS + 1) * DAY_MS);
    expect(await listed(facilitator)).toHaveLength(1);
  });

  it('takes its asking back with every word of it, and others cannot', async () => {
    const { asking, one, listed } = await setTable();
    const { device, partnerId } = await asking();
    const stranger = server.newDevice();
    expect((await stranger.delete(`/api/askings/${partnerId}`)).status).toBe(401);
    expect((await device.delete(`/api/askings/${partnerId}`)).status).toBe(204);
    expect(await listed(one)).toEqual([]);
    expect(await deps.db('partner_answers').where({ partner_id: partnerId })).toEqual([]);
  });

  it('cannot ask where nobody sits: nobody could say no', async () => {
    const table = await startPartnership(deps, { circles: 1 });
    const { invite, send } = partnerCalls(server, table.id);
    const { code } = (await invite(table.facilitator)).body as { code: string };
    expect(await send(server.newDevice(), code)).toMatchObject({ status: 409, body: { code: 'notNow' } });
  });

  it('promises no more places than a table has', async () => {
    const { one, invite, invited, takeBack } = await setTable(MAX_CIRCLES - 1);
    const { partnerId } = await invited();
    expect(await invite(one)).toMatchObject({ status: 409, body: { code: 'tableFull' } });
    await takeBack(one, partnerId);
    expect((await invite(one)).status).toBe(200);
  });

  it('keeps sealed what it is called, what it says and what circles answer', async () => {
    const { one, asking, answer } = await setTable();
    const { partnerId } = await asking();
    await answer(one, partnerId, 'notYet', 'CanaryWords');
    for (const name of ['partners', 'partner_answers', 'circles']) {
      const text = ((await deps.db(name)) as object[])
        .flatMap((row) => Object.values(row) as unknown[])
        .map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value)))
        .join('\n');
      expect([name, /Canary|clinic|valley|notYet|police/.test(text)]).toEqual([name, false]);
      expect([name, text.includes(one.seat.id)]).toEqual([name, false]);
    }
  });
});

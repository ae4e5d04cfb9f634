import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { CircleId } from '@longtable/shared/ids';
import { CodeList, Joined } from '@longtable/shared/protocol/http/circles';
import { Me } from '@longtable/shared/protocol/http/people';
import { describeEachBackend } from '../../testing/backends.ts';
import { seatedMember, startPartnership, type TestPartnership } from '../../testing/factories.ts';
import { type Device, startTestServer, type TestServer } from '../../testing/http-client.ts';
import { createTestDeps, type TestDeps } from '../../testing/test-deps.ts';
import { partnerCalls, statement } from '../../testing/partners.ts';
import { createBudget } from '../../platform/rate.ts';
import { mintCode } from '../circles/codes.service.ts';
import { joinWithCode } from '../circles/doors.service.ts';
import { openDevice } from './device.service.ts';
import { sessionFromCookieHeader } from './people.service.ts';
import { startSharing } from './phone.service.ts';
import { makeWayBack } from './returns.service.ts';

const DAY_MS = 86_400_000;

describeEachBackend('a device', (backend) => {
  let deps: TestDeps;
  let server: TestServer;
  let table: TestPartnership;
  let circle: CircleId;
  beforeAll(async () => {
    deps = createTestDeps(backend.db);
    server = await startTestServer(deps);
  });
  afterAll(() => server.close());
  beforeEach(async () => {
    table = await startPartnership(deps);
    circle = table.circles[0]!;
  });

  const handle = { picture: 'kite' } as const;
  const founding = async (of = circle) => (await mintCode(deps, of, { uses: 1, days: 1 }, true)).code;
  const join = (device: Device, code: string) =>
    device.post('/api/join', { body: { code, handle, locale: 'en' } });
  const me = async (device: Device) => Me.parse((await device.get('/api/me')).body);
  const token = (device: Device) => device.cookies.get('lt')!;
  const holding = (value: string) => {
    const device = server.newDevice();
    device.cookies.set('lt', value);
    return device;
  };

  it('without a session spends no code: a browser that keeps no cookie founds no circle that nobody can enter', async () => {
    const code = await founding();
    const refused = await server.newDevice().post('/api/join?', { body: { code, handle, locale: 'en' } });
    expect([refused.status, refused.headers['set-cookie']]).toEqual([401, undefined]);
    const { cookie, seat } = table.facilitator;
    const live = await server
      .newDevice()
      .get(`/api/circles/${circle}/codes`, { seat: seat.id, headers: { cookie } });
    expect(CodeList.parse(live.body).codes).toHaveLength(1);
    expect((await join(server.newDevice(), code)).status).toBe(200);
  });

  it('that loses the answer to its code is still the same device, and holds the seat', async () => {
    const device = server.newDevice();
    await device.post('/api/device');
    const before = token(device);
    const { seatId } = Joined.parse((await join(device, await founding())).body);
    const again = holding(before);
    expect((await me(again)).seats).toMatchObject([{ seatId, state: 'seated' }]);
  });

  it('gets one session, however often it asks', async () => {
    const device = server.newDevice();
    await device.post('/api/device');
    const first = token(device);
    const again = await device.post('/api/device');
    expect([again.status, again.headers['set-cookie'], token(device)]).toEqual([204, undefined, first]);
    expect((await me(server.newDevice())).seats).toEqual([]);
  });

  it('on which nothing was put is forgotten in a day; with a seat it has its thirty, counted from the first', async () => {
    const [empty, full] = [server.newDevice(), server.newDevice()];
    for (const device of [empty, full]) await device.post('/api/device');
    deps.clock.advanceMs(DAY_MS);
    await join(full, await founding());
    const [asEmpty, asFull] = [token(empty), token(full)].map((value) => ({ cookie: `lt=${value}` }));
    const known = async ({ cookie }: { cookie: string }) =>
      (await sessionFromCookieHeader(deps, cookie)) !== null;
    deps.clock.advanceMs(DAY_MS);
    expect([await known(asEmpty!), await known(asFull!)]).toEqual([false, true]);
    deps.clock.advanceMs(28 * DAY_MS);
    expect(await known(asFull!)).toBe(true);
    deps.clock.advanceMs(DAY_MS);
    expect(await known(asFull!)).toBe(false);
    deps.clock.advanceMs(-31 * DAY_MS);
  });

  it.each(['by a code', 'as a first seat', 'by a card', 'by starting a table'])(
    'gets a new token when a seat comes to it %s: whoever planted the old one holds nothing',
    async (how) => {
      const attacker = server.newDevice();
      await attacker.post('/api/device');
      const planted = token(attacker);
      const victim = holding(planted);
      if (how === 'by a code') await join(victim, await founding());
      else if (how === 'by a card') {
        const owner = await seatedMember(deps, circle);
        const { text } = await makeWayBack(deps, owner.seat, { kind: 'card', locale: 'en' });
        await victim.post('/api/return', { body: { code: text } });
      } else {
        const body = { title: 'A', template: 'full', locales: ['en'], circles: 1, handle };
        const started = (await victim.post('/api/partnerships', { body })).body as Record<string, never>;
        if (how === 'as a first seat') {
          const before = token(victim);
          const seat = started['seatId'] as never;
          const { circles } = (await victim.get(`/api/partnerships/${started['partnershipId']}`, { seat }))
            .body as { circles: { id: string }[] };
          await victim.post(`/api/circles/${circles[0]!.id}/first-seat`, { seat, body: { handle } });
          expect(token(victim)).not.toBe(before);
        }
      }
      expect(token(victim)).not.toBe(planted);
      expect((await me(victim)).seats.length).toBeGreaterThan(0);
      expect((await me(attacker)).seats).toEqual([]);
    },
  );

  it('takes a seat from nobody who had its cookie renewed before and did not show the new one', async () => {
    const attacker = server.newDevice();
    await attacker.post('/api/device');
    const planted = token(attacker);
    const body = { title: 'A', template: 'full', locales: ['en'], circles: 1, handle };
    await attacker.post('/api/partnerships', { body });
    const renewed = token(attacker);
    expect(renewed).not.toBe(planted);
    const victim = holding(planted);
    const { seatId } = Joined.parse((await join(victim, await founding())).body);
    expect((await me(holding(renewed))).seats).toEqual([]);
    expect((await me(victim)).seats.map((seat) => seat.seatId)).toContain(seatId);
    for (const value of [planted, renewed]) expect((await me(holding(value))).seats).toEqual([]);
  });

  it('that loses two answers, one after the other, has both seats and in the end a new token', async () => {
    const before = server.newDevice();
    await before.post('/api/device');
    const first = token(before);
    const tokens = [first];
    for (const [index, of] of [table.circles[0]!, table.circles[1]!].entries()) {
      const device = holding(first);
      expect((await join(device, await founding(of))).status).toBe(200);
      expect((await me(holding(first))).seats).toHaveLength(index + 1);
      tokens.push(token(device));
    }
    expect(new Set(tokens).size).toBe(3);
    expect((await me(holding(tokens[2]!))).seats).toHaveLength(2);
    expect((await me(holding(first))).seats).toEqual([]);
  });

  it('is told its new token also where what it asked for was refused after that', async () => {
    const device = server.newDevice();
    await device.post('/api/device');
    await join(device, await founding());
    const before = token(device);
    const refused = await device.post(`/api/askings/${randomUUID()}/seat`, { body: { handle } });
    expect(refused.status).toBe(404);
    expect(token(device)).not.toBe(before);
    expect((await me(device)).seats).toHaveLength(1);
    expect((await me(holding(before))).seats).toEqual([]);
  });

  it('gets no new token for reading an invitation, which puts nothing on it', async () => {
    const member = await seatedMember(deps, circle);
    const invited = await partnerCalls(server, table.id).invite(member);
    const { code } = invited.body as { code: string };
    const device = server.newDevice();
    await device.post('/api/device');
    const before = token(device);
    expect((await device.post('/api/askings/open', { body: { code } })).status).toBe(200);
    expect(token(device)).toBe(before);
    await device.post('/api/askings', { body: { code, statement } });
    expect(token(device)).not.toBe(before);
  });

  it('is made for so many at once, and later for more: what is refused costs the others nothing', async () => {
    const budget = createBudget(1, 1, () => deps.clock.nowMs());
    const ask = async (cookie = '') => {
      const lines: string[] = [];
      const call = {
        req: { headers: { cookie } },
        res: { append: (_: string, line: string) => lines.push(line) },
      };
      await openDevice(deps, budget, call as never);
      return lines[0]?.split(';')[0];
    };
    const known = await ask();
    await ask();
    await expect(ask()).rejects.toMatchObject({ code: 'busy' });
    // Whoever is here already is no new device.
    expect(await ask(known)).toBeUndefined();
    deps.clock.advanceMs(2_000);
    expect(await ask()).toMatch(/^lt=/);
  });

  it('that changes hands while a code is on its way gets no seat that nobody could open, and spends nothing', async () => {
    const device = server.newDevice();
    await join(device, await founding());
    const cookie = `lt=${token(device)}`;
    const stale = (await sessionFromCookieHeader(deps, cookie))!;
    await startSharing(deps, stale, '4931');
    const code = await founding(table.circles[1]!);
    await expect(joinWithCode(deps, { code, handle, locale: 'en' }, async () => stale)).rejects.toMatchObject(
      { code: 'notNow' },
    );
    expect((await join(device, code)).status).toBe(200);
    expect((await me(device)).seats).toHaveLength(2);
  });

  it('at a door is not told which circle’s it is; let in, it is', async () => {
    const member = await seatedMember(deps, circle);
    const { code } = await mintCode(deps, circle, { uses: 2, days: 1 }, false);
    const device = server.newDevice();
    const { seatId } = Joined.parse((await join(device, code)).body);
    const states = [(await me(device)).seats[0]];
    for (const letIn of [false, true]) {
      if (letIn) await deps.db('seats').where({ id: seatId }).update({ state: 'waiting' });
      await server.newDevice().post(`/api/circles/${circle}/door/${seatId}`, {
        seat: member.seat.id,
        headers: { cookie: member.cookie },
        body: { letIn },
      });
      states.push((await me(device)).seats[0]);
    }
    expect(states.map((seat) => [seat!.state, seat!.circleId])).toEqual([
      ['waiting', null],
      ['refused', null],
      ['seated', circle],
    ]);
  });

  it('founding by a code and by a first seat at the same time never wait for each other', async () => {
    const { cookie, seat } = table.facilitator;
    for (let round = 0; round < 12; round += 1) {
      const { circles, facilitator } = round === 0 ? table : await startPartnership(deps, { circles: 1 });
      const code = await founding(circles[0]!);
      const who = round === 0 ? { cookie, seat } : facilitator;
      const guest = server.newDevice();
      await guest.post('/api/device');
      const answers = await Promise.all([
        guest.post('/api/join?', { body: { code, handle, locale: 'en' } }),
        server.newDevice().post(`/api/circles/${circles[0]}/first-seat`, {
          seat: who.seat.id,
          headers: { cookie: who.cookie },
          body: { handle },
        }),
      ]);
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 404]);
    }
  }, 60_000);
});

import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { ANEW_WAIT_MINUTES, MAX_CIRCLES, MAX_CODE_DAYS } from '@longtable/shared/limits';
import { PartnerList } from '@longtable/shared/protocol/http/partners';
import { Table } from '@longtable/shared/protocol/http/partnerships';
import type { BusMessage } from '../../platform/bus.ts';
import { describeEachBackend } from '../../testing/backends.ts';
import { seatedMember, startPartnership, type TestPerson } from '../../testing/factories.ts';
import { type TestServer, startTestServer } from '../../testing/http-client.ts';
import { partnerCalls, statement } from '../../testing/partners.ts';
import { type TestDeps, createTestDeps } from '../../testing/test-deps.ts';
import { createMigrationSource } from '../../platform/migration-source.ts';
import { endSession, leaveSeat } from '../people/leaving.service.ts';

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

  it('waits for every circle that sits there at the last yes: one founded since it asked is asked too', async () => {
    const { table, one, two, asking, answer, listed, facilitator } = await setTable();
    const { partnerId } = await asking();
    await answer(two, partnerId, 'yes');
    const late = await seatedMember(deps, table.circles[2]!);
    expect((await listed(late))[0]!.own).toEqual({ answer: null, words: null });
    await answer(one, partnerId, 'yes');
    expect((await listed(one))[0]).toMatchObject({ state: 'asking', circleId: null });
    expect((await answer(facilitator, partnerId, 'yes')).status).toBe(404);
    await answer(late, partnerId, 'yes');
    expect((await listed(one))[0]).toMatchObject({ state: 'agreed' });
  });

  it('one circle alone decides only at a table that was made for one', async () => {
    for (const [circles, state] of [
      [1, 'agreed'],
      [2, 'asking'],
    ] as const) {
      const table = await startPartnership(deps, { circles });
      const only = await seatedMember(deps, table.circles[0]!);
      const { invite, send, answer, list } = partnerCalls(server, table.id);
      const asks = async () => {
        const { partnerId, code } = (await invite(only)).body as { partnerId: string; code: string };
        await send(server.newDevice(), code);
        await answer(only, partnerId, 'yes');
        const { partners } = PartnerList.parse((await list(only)).body);
        return partners.find(({ id }) => id === partnerId)!.state;
      };
      expect(await asks()).toBe(state);
      // A place that waits for an organisation is no circle that could be asked.
      expect(await asks()).toBe(state);
    }
  });

  it('clearing a phone takes back no "not yet", nor tells the others that the circle is empty', async () => {
    const { one, two, asking, answer, listed } = await setTable(2);
    const { partnerId } = await asking();
    await answer(one, partnerId, 'yes');
    await answer(two, partnerId, 'notYet');
    await leaveSeat(deps, two.seat.id);
    await answer(one, partnerId, 'yes');
    expect((await listed(one))[0]!.state).toBe('asking');
  });

  it('has its place when the only circle without a yes has ended, without anybody saying yes again', async () => {
    const { table, one, two, asking, answer, listed } = await setTable();
    const { partnerId } = await asking();
    const gone = await seatedMember(deps, table.circles[2]!);
    await endSession(deps, gone.session);
    for (const who of [one, two]) await answer(who, partnerId, 'yes');
    expect((await listed(one))[0]!.state).toBe('asking');
    const say = (who: TestPerson, path: string, body?: unknown) =>
      server.newDevice().post(`/api/circles/${gone.seat.circleId}/anew${path}`, {
        seat: who.seat.id,
        headers: { cookie: who.cookie },
        ...(body === undefined ? {} : { body }),
      });
    await say(one, '');
    await say(two, '/agreement', { agrees: true });
    deps.clock.advanceMs(ANEW_WAIT_MINUTES * 60_000);
    const heard: BusMessage[] = [];
    const stop = deps.bus.subscribe((message) => heard.push(message));
    expect((await listed(one))[0]!.state).toBe('agreed');
    stop();
    expect(heard.filter(({ kind }) => kind === 'standing')).toHaveLength(1);
  });

  it('nor where another circle has ended and one has still said not yet', async () => {
    const { table, one, two, asking, answer, listed } = await setTable();
    const { partnerId } = await asking();
    await answer(one, partnerId, 'yes');
    await answer(two, partnerId, 'notYet');
    await deps.db('circles').where({ id: table.circles[2]! }).update({ is_ended: true });
    expect((await listed(one))[0]!.state).toBe('asking');
  });

  it('an answer of an earlier server that said nothing is gone, and so is a code to its promised place', async () => {
    const { one, two, asking, answer, listed } = await setTable();
    const { partnerId } = await asking();
    await answer(one, partnerId, 'yes');
    await answer(two, partnerId, 'yes');
    const { circleId } = (await listed(one))[0]!;
    const other = await asking();
    const migration = await createMigrationSource().getMigration('20261122094430_mend_early_tables');
    await migration.down!(deps.db);
    await deps
      .db('partner_answers')
      .insert({ partner_id: other.partnerId, circle_id: one.seat.circleId, answer_sealed: null });
    const code = (circle: unknown) =>
      deps.db('codes').insert({
        id: randomUUID(),
        circle_id: circle as string,
        code_hash: randomBytes(32),
        is_founding: true,
        uses_left: 1,
        expires_on: '2099-01-01',
      });
    await code(circleId);
    await code(two.seat.circleId);
    await migration.up(deps.db);
    expect((await listed(one)).find(({ id }) => id === other.partnerId)!.own!.answer).toBeNull();
    const left = await deps.db('codes').whereIn('circle_id', [circleId, two.seat.circleId] as string[]);
    expect(left.map(({ circle_id }) => circle_id as string)).toEqual([two.seat.circleId]);
    await expect(
      deps.db('partner_answers').where({ partner_id: partnerId }).update({ answer_sealed: null }),
    ).rejects.toThrow();
  });

  it('nobody else founds the circle that was promised to it, not even a facilitator', async () => {
    const { facilitator, one, two, asking, answer, sit, listed, tableOf } = await setTable();
    const { device, partnerId } = await asking();
    await answer(one, partnerId, 'yes');
    await answer(two, partnerId, 'yes');
    const { circleId } = (await listed(one))[0]!;
    const as = { seat: facilitator.seat.id, headers: { cookie: facilitator.cookie } };
    const isPromised = async () => (await tableOf(one)).circles.find(({ id }) => id === circleId)!.isPromised;
    expect(await isPromised()).toBe(true);
    const circle = `/api/circles/${circleId}`;
    const calls = [
      await server.newDevice().post(`${circle}/codes`, { ...as, body: { uses: 1, days: 1 } }),
      await server.newDevice().get(`${circle}/codes`, as),
      await server.newDevice().post(`${circle}/first-seat`, { ...as, body: { handle: { picture: 'kite' } } }),
    ];
    expect(calls.map(({ status }) => status)).toEqual([404, 404, 404]);
    expect((await sit(device, partnerId)).status).toBe(200);
    expect(await isPromised()).toBe(false);
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

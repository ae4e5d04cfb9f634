import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { MAX_WRONG_CODES } from '@longtable/shared/limits';
import type { CircleId, SeatId } from '@longtable/shared/ids';
import { CircleInside, CodeList, Joined, MintedCode } from '@longtable/shared/protocol/http/circles';
import { Table } from '@longtable/shared/protocol/http/partnerships';
import type { BusMessage } from '../../platform/bus.ts';
import { describeEachBackend } from '../../testing/backends.ts';
import {
  type TestPartnership,
  type TestPerson,
  seatedMember,
  startPartnership,
  waitingPerson,
} from '../../testing/factories.ts';
import {
  type CallOptions,
  type Device,
  type TestServer,
  startTestServer,
} from '../../testing/http-client.ts';
import { type TestDeps, createTestDeps } from '../../testing/test-deps.ts';
import { leaveSeat } from '../people/leaving.service.ts';
import { grantFor } from './circles.service.ts';

const kite = { picture: 'kite' };
const DAY_MS = 86_400_000;

describeEachBackend('circles', (backend) => {
  let deps: TestDeps;
  let server: TestServer;
  let partnership: TestPartnership;
  let circle: CircleId;
  let other: CircleId;

  beforeAll(async () => {
    deps = createTestDeps(backend.db);
  });
  beforeEach(async () => {
    // A server of its own for each test: wrong codes are counted by server.
    await server?.close();
    server = await startTestServer(deps);
    partnership = await startPartnership(deps);
    [circle, other] = partnership.circles as [CircleId, CircleId];
  });
  afterAll(() => server.close());

  /** Speaks as this person. */
  const as = ({ cookie, seat }: TestPerson, options: CallOptions = {}): CallOptions => ({
    ...options,
    seat: seat.id,
    headers: { cookie, ...options.headers },
  });
  const device = (): Device => server.newDevice();
  const codeFor = async (by: TestPerson, id: CircleId, body = { uses: 1, days: 1 }): Promise<MintedCode> =>
    MintedCode.parse((await device().post(`/api/circles/${id}/codes`, as(by, { body }))).body);
  const join = (by: Device, code: string) =>
    by.post('/api/join', { body: { code, handle: kite, locale: 'en' } });
  const grants = async (seat: SeatId) => [
    await grantFor(deps.db, seat, partnership.id, null),
    await grantFor(deps.db, seat, partnership.id, circle),
  ];
  const hear = () => {
    const heard: BusMessage[] = [];
    return { heard, stop: deps.bus.subscribe((message) => heard.push(message)) };
  };

  it('whoever starts a partnership has process rights, and no hand in its words', async () => {
    expect(await grants(partnership.facilitator.seat.id)).toEqual([{ canWrite: false }, null]);
  });

  it('a founding code seats its bearer at once, with both grants, and opens nothing again', async () => {
    const minted = await codeFor(partnership.facilitator, circle, { uses: 50, days: 3 });
    expect(minted.isFounding).toBe(true);
    expect(minted.url).toBe(`http://localhost:3000/join#${minted.code.replace('-', '')}`);
    const founder = device();
    const joined = Joined.parse((await join(founder, minted.code.toLowerCase().replace('-', ' '))).body);
    expect(joined).toMatchObject({ partnershipId: partnership.id, state: 'seated' });
    expect(await grants(joined.seatId)).toEqual([{ canWrite: true }, { canWrite: true }]);
    expect((await join(device(), minted.code)).body).toEqual({ code: 'codeUnknown' });
    expect((await founder.get(`/api/circles/${circle}`, { seat: joined.seatId })).status).toBe(200);
  });

  it('a later founding code replaces the earlier', async () => {
    const [first, second] = [
      await codeFor(partnership.facilitator, circle),
      await codeFor(partnership.facilitator, circle),
    ];
    expect((await join(device(), first.code)).status).toBe(404);
    expect((await join(device(), second.code)).status).toBe(200);
  });

  it('the first seat taken by a facilitator kills the founding code', async () => {
    const { code } = await codeFor(partnership.facilitator, circle);
    const body = { handle: kite };
    const taken = await device().post(
      `/api/circles/${circle}/first-seat`,
      as(partnership.facilitator, { body }),
    );
    expect(taken.status).toBe(200);
    expect((await join(device(), code)).body).toEqual({ code: 'codeUnknown' });
    const again = await device().post(
      `/api/circles/${circle}/first-seat`,
      as(partnership.facilitator, { body }),
    );
    expect(again).toMatchObject({ status: 404, body: { code: 'notFound' } });
  });

  it('of many who take the first seat at once, one does', async () => {
    const { code } = await codeFor(partnership.facilitator, circle);
    const body = { handle: kite };
    const answers = await Promise.all([
      ...Array.from({ length: 5 }, () => join(device(), code)),
      ...Array.from({ length: 5 }, () =>
        device().post(`/api/circles/${circle}/first-seat`, as(partnership.facilitator, { body })),
      ),
    ]);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 404)).toHaveLength(9);
  });

  it('a code leads to the door, and somebody inside lets in', async () => {
    const member = await seatedMember(deps, circle);
    const { heard, stop } = hear();
    const newcomer = device();
    const { seatId } = Joined.parse((await join(newcomer, (await codeFor(member, circle)).code)).body);
    expect(heard).toEqual([{ kind: 'door', circleId: circle }]);

    expect(await grants(seatId)).toEqual([null, null]);
    const knock = await newcomer.get(`/api/circles/${circle}`, { seat: seatId });
    expect(knock).toMatchObject({ status: 403, body: { code: 'waiting' } });
    const inside = CircleInside.parse((await device().get(`/api/circles/${circle}`, as(member))).body);
    expect(inside.door).toEqual([{ seatId, handle: kite }]);
    expect(inside.members.map(({ seatId: id }) => id)).toEqual([member.seat.id]);

    const path = `/api/circles/${circle}/door/${seatId}`;
    expect((await device().post(path, as(member, { body: { letIn: true } }))).status).toBe(204);
    stop();
    expect(heard.slice(1)).toEqual([
      { kind: 'seat', seatId },
      { kind: 'door', circleId: circle },
    ]);
    expect(await grants(seatId)).toEqual([{ canWrite: true }, { canWrite: true }]);
    expect((await newcomer.get(`/api/circles/${circle}`, { seat: seatId })).status).toBe(200);
    expect((await device().post(path, as(member, { body: { letIn: true } }))).status).toBe(204);
    expect((await device().post(path, as(member, { body: { letIn: false } }))).status).toBe(404);
  });

  it('whoever is not let in holds nothing, and to them the circle does not exist', async () => {
    const member = await seatedMember(deps, circle);
    const person = await waitingPerson(deps, circle);
    const path = `/api/circles/${circle}/door/${person.seat.id}`;
    expect((await device().post(path, as(member, { body: { letIn: false } }))).status).toBe(204);
    expect(await grants(person.seat.id)).toEqual([null, null]);
    expect(await device().get(`/api/circles/${circle}`, as(person))).toMatchObject({
      status: 404,
      body: { code: 'notFound' },
    });
  });

  it('nobody outside opens a door: not another circle, not the facilitator, not who waits there', async () => {
    await seatedMember(deps, circle);
    const person = await waitingPerson(deps, circle);
    const outsiders = [await seatedMember(deps, other), partnership.facilitator];
    const path = `/api/circles/${circle}/door/${person.seat.id}`;
    for (const outsider of outsiders) {
      const answer = await device().post(path, as(outsider, { body: { letIn: true } }));
      expect(answer).toMatchObject({ status: 404, body: { code: 'notFound' } });
    }
    expect((await device().post(path, as(person, { body: { letIn: true } }))).status).toBe(403);
    expect(await grants(person.seat.id)).toEqual([null, null]);
  });

  it('a seat of another circle’s door is not answered through this one', async () => {
    const member = await seatedMember(deps, circle);
    await seatedMember(deps, other);
    const person = await waitingPerson(deps, other);
    const answer = await device().post(
      `/api/circles/${circle}/door/${person.seat.id}`,
      as(member, { body: { letIn: true } }),
    );
    expect(answer.status).toBe(404);
  });

  it('of twenty who use a code for three at once, exactly three come to the door', async () => {
    const member = await seatedMember(deps, circle);
    const { code } = await codeFor(member, circle, { uses: 3, days: 1 });
    const answers = await Promise.all(Array.from({ length: 20 }, () => join(device(), code)));
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
    expect(answers.filter(({ body }) => (body as { code?: string }).code === 'codeUnknown')).toHaveLength(17);
    expect(await deps.db('seats').where({ circle_id: circle, state: 'waiting' })).toHaveLength(3);
  });

  it('the same device joining again takes another seat: several of us on one phone', async () => {
    const member = await seatedMember(deps, circle);
    const { code } = await codeFor(member, circle, { uses: 2, days: 1 });
    const phone = device();
    const [one, two] = [
      Joined.parse((await join(phone, code)).body),
      Joined.parse((await join(phone, code)).body),
    ];
    expect(one.seatId).not.toBe(two.seatId);
    expect(phone.cookies.size).toBe(1);
  });

  it('a code ends with its last day, and once revoked at once', async () => {
    const member = await seatedMember(deps, circle);
    const { code } = await codeFor(member, circle, { uses: 5, days: 1 });
    const revoked = await codeFor(member, circle, { uses: 5, days: 3 });
    const path = `/api/circles/${circle}/codes`;
    expect(CodeList.parse((await device().get(path, as(member))).body).codes).toHaveLength(2);
    expect((await device().delete(`${path}/${revoked.id}`, as(member))).status).toBe(204);
    expect((await join(device(), revoked.code)).status).toBe(404);
    expect((await join(device(), code)).status).toBe(200);
    deps.clock.advanceMs(2 * DAY_MS);
    expect((await join(device(), code)).status).toBe(404);
    expect(CodeList.parse((await device().get(path, as(member))).body).codes).toEqual([]);
    deps.clock.advanceMs(-2 * DAY_MS);
  });

  it('a code is in no table in clear, and no list shows it, its users or a time', async () => {
    const member = await seatedMember(deps, circle);
    const { code, id } = await codeFor(member, circle, { uses: 5, days: 2 });
    const rows = JSON.stringify(await deps.db('codes'), (_key, value: unknown) =>
      (value as { type?: string } | null)?.type === 'Buffer'
        ? Buffer.from(value as never).toString('latin1')
        : value,
    );
    expect(rows).not.toContain(code.replace('-', ''));
    const { body } = await device().get(`/api/circles/${circle}/codes`, as(member));
    expect(body).toEqual({ codes: [{ id, usesLeft: 5, expiresOn: '2026-11-23' }] });
  });

  it('a GET redeems nothing: chats fetch links to preview them', async () => {
    const { code } = await codeFor(partnership.facilitator, circle);
    expect((await device().get(`/api/join?code=${code}`)).status).toBe(404);
    expect((await join(device(), code)).status).toBe(200);
  });

  it('after too many wrong codes a device waits; others do not, and right codes never count', async () => {
    const member = await seatedMember(deps, circle);
    const { code } = await codeFor(member, circle, { uses: 50, days: 1 });
    const phone = device();
    for (let i = 0; i <= MAX_WRONG_CODES; i += 1) expect((await join(phone, code)).status).toBe(200);
    for (let i = 0; i < MAX_WRONG_CODES; i += 1)
      expect((await join(phone, `0000-000${i % 10}`)).status).toBe(404);
    expect(await join(phone, code)).toMatchObject({ status: 429, body: { code: 'tooManyGuesses' } });
    expect((await join(device(), code)).status).toBe(200);
    deps.clock.advanceMs(600_000);
    expect((await join(phone, code)).status).toBe(200);
  });

  it.each(['ZZZZ-ZZZZ', 'far-too-long-to-be-a-code', '????'])(
    'a wrong code (%s) says only that',
    async (code) => {
      expect(await join(device(), code)).toMatchObject({ status: 404, body: { code: 'codeUnknown' } });
    },
  );

  it('the table shows outsiders the name that a circle chose, never its kind, its members or how many', async () => {
    const member = await seatedMember(deps, circle, { picture: 'lamp', name: 'Amina' });
    const outsider = await seatedMember(deps, other);
    const path = `/api/circles/${circle}`;
    expect((await device().patch(path, as(outsider, { body: { name: 'Ours' } }))).status).toBe(404);
    expect((await device().patch(path, as(member, { body: { name: ' Morning ', kind: 'LE' } }))).status).toBe(
      204,
    );
    expect(CircleInside.parse((await device().get(path, as(member))).body)).toMatchObject({
      name: 'Morning',
      kind: 'LE',
    });
    expect((await device().get(path, as(outsider))).status).toBe(404);

    const answer = await device().get(`/api/partnerships/${partnership.id}`, as(outsider));
    const table = Table.parse(answer.body);
    const seen = { isSeated: true, isEnded: false, anew: null, isPromised: false, labels: [] };
    expect(table.circles).toEqual([
      { ...seen, id: circle, number: 1, name: 'Morning', isMine: false },
      { ...seen, id: other, number: 2, name: null, isMine: true },
    ]);
    expect(JSON.stringify(answer.body)).not.toMatch(/Amina|"LE"|lamp/);
  });

  it('names and kinds stand sealed in the database', async () => {
    const member = await seatedMember(deps, circle);
    await device().patch(`/api/circles/${circle}`, as(member, { body: { name: 'Evening', kind: 'WO' } }));
    const row = await deps.db('circles').where({ id: circle }).first();
    expect(row.name_sealed.includes('Evening')).toBe(false);
    expect(row.kind_sealed.includes('WO')).toBe(false);
  });

  it('a seat that was left holds no grant and its sockets hear of it', async () => {
    const member = await seatedMember(deps, circle);
    const { heard, stop } = hear();
    await leaveSeat(deps, member.seat.id);
    stop();
    expect(heard).toEqual([{ kind: 'kick', seatId: member.seat.id }]);
    expect(await grants(member.seat.id)).toEqual([null, null]);
  });

  it('“not yours” and “not there” are one answer, whatever is asked', async () => {
    const outsider = await seatedMember(deps, other);
    const nowhere = '6b0f4c1e-5c39-4b39-9a29-0d5b0a0a1f01';
    const asks: [string, (d: Device, id: string) => ReturnType<Device['get']>][] = [
      ['look inside', (d, id) => d.get(`/api/circles/${id}`, as(outsider))],
      ['see codes', (d, id) => d.get(`/api/circles/${id}/codes`, as(outsider))],
      [
        'make a code',
        (d, id) => d.post(`/api/circles/${id}/codes`, as(outsider, { body: { uses: 1, days: 1 } })),
      ],
      [
        'take the first seat',
        (d, id) => d.post(`/api/circles/${id}/first-seat`, as(outsider, { body: { handle: kite } })),
      ],
    ];
    for (const [, ask] of asks) {
      const [notMine, notThere] = [await ask(device(), circle), await ask(device(), nowhere)];
      expect(notMine).toMatchObject({ status: 404, body: { code: 'notFound' } });
      expect([notThere.status, notThere.body]).toEqual([notMine.status, notMine.body]);
    }
  });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { CircleId } from '@longtable/shared/ids';
import { FacilitatorCall } from '@longtable/shared/protocol/http/facilitator-call';
import { FacilitatorCode, Table } from '@longtable/shared/protocol/http/partnerships';
import { describeEachBackend } from '../../testing/backends.ts';
import {
  seatedMember,
  startPartnership,
  type TestPartnership,
  type TestPerson,
} from '../../testing/factories.ts';
import { startTestServer, type TestServer } from '../../testing/http-client.ts';
import { createTestDeps, type TestDeps } from '../../testing/test-deps.ts';
import { endSession } from '../people/leaving.service.ts';
import { isComplete } from './facilitator-call.service.ts';

describe('when circles together may bring in a facilitator', () => {
  const circles = (names: string) => new Set([...names] as CircleId[]);
  it.each([
    [3, 'abc', 'abc', true],
    [3, 'abc', 'ab', false],
    [3, 'ab', 'ab', true],
    [3, 'ab', 'abc', true],
    // One circle alone is not the table, unless the table was made for one.
    [3, 'a', 'a', false],
    [1, 'a', 'a', true],
    [1, '', '', false],
    [2, '', 'ab', false],
  ])('of %i circles, seated “%s”, agreeing “%s”: %s', (atTable, seated, agreeing, expected) => {
    expect(isComplete(atTable, circles(seated), circles(agreeing))).toBe(expected);
  });

  it('one is the table where another had come and has ended; none never is', () => {
    expect(isComplete(3, circles('a'), circles('a'), 1)).toBe(true);
    expect(isComplete(3, circles('ab'), circles('a'), 1)).toBe(false);
    expect(isComplete(2, circles(''), circles(''), 2)).toBe(false);
  });
});

describeEachBackend('a new facilitator by the will of all circles', (backend) => {
  let deps: TestDeps;
  let server: TestServer;
  let table: TestPartnership;
  let members: TestPerson[];

  beforeAll(async () => {
    deps = createTestDeps(backend.db);
    server = await startTestServer(deps);
  });
  beforeEach(async () => {
    table = await startPartnership(deps, { circles: 3 });
    members = [await seatedMember(deps, table.circles[0]!), await seatedMember(deps, table.circles[1]!)];
  });
  afterAll(() => server.close());

  const as = ({ cookie, seat }: TestPerson, body?: unknown) => ({
    seat: seat.id,
    headers: { cookie },
    ...(body === undefined ? {} : { body }),
  });
  const path = (who: TestPerson, circle = who.seat.circleId) => `/api/circles/${circle}/facilitator-call`;
  const say = (who: TestPerson, agrees: boolean, circle = who.seat.circleId) =>
    server.newDevice().post(path(who, circle), as(who, { agrees }));
  const read = async (who: TestPerson) =>
    FacilitatorCall.parse((await server.newDevice().get(path(who), as(who))).body);
  const mint = (who: TestPerson) =>
    server.newDevice().post(`/api/partnerships/${table.id}/facilitator-codes`, as(who, {}));

  it('comes when the last one is lost and every seated circle agrees, once, and can lead', async () => {
    const [one, other] = members as [TestPerson, TestPerson];
    await endSession(deps, table.facilitator.session);
    expect((await mint(one)).status).toBe(404);
    await say(one, true);
    expect(await read(one)).toEqual({ agrees: true, isComplete: false });
    expect(await read(other)).toEqual({ agrees: false, isComplete: false });
    expect((await mint(one)).status).toBe(404);
    await say(other, true);
    expect(await read(one)).toEqual({ agrees: true, isComplete: true });

    const minted = await Promise.all([mint(one), mint(other), mint(one)]);
    expect(minted.map(({ status }) => status).sort()).toEqual([200, 404, 404]);
    expect(await read(one)).toEqual({ agrees: false, isComplete: false });
    const { code } = FacilitatorCode.parse(minted.find(({ status }) => status === 200)!.body);
    const device = server.newDevice();
    const joined = await device.post('/api/join', {
      body: { code, handle: { picture: 'lamp' }, locale: 'en' },
    });
    const { seatId: seat } = joined.body as { seatId: never };
    const opened = await device.post(`/api/documents/${table.documents.plan}/rounds`, {
      seat,
      body: { sections: ['what-we-will-do'] },
    });
    expect(opened.status).toBe(200);
    const seen = Table.parse((await device.get(`/api/partnerships/${table.id}`, { seat })).body);
    expect(seen.hasSecondFacilitator).toBe(false);
  });

  it('a circle may take its agreement back, and one that sits down meanwhile is asked as well', async () => {
    const [one, other] = members as [TestPerson, TestPerson];
    await say(one, true);
    await say(other, true);
    await say(other, false);
    expect((await mint(one)).status).toBe(404);
    await say(other, true);
    const late = await seatedMember(deps, table.circles[2]!);
    expect((await mint(one)).status).toBe(404);
    await say(late, true);
    expect((await mint(one)).status).toBe(200);
  });

  it('nobody speaks for another circle, and a facilitator for none', async () => {
    const [one, other] = members as [TestPerson, TestPerson];
    for (const outsider of [other, table.facilitator]) {
      expect((await say(outsider, true, one.seat.circleId)).status).toBe(404);
      expect((await server.newDevice().get(path(one), as(outsider))).status).toBe(404);
    }
    expect(await read(one)).toEqual({ agrees: false, isComplete: false });
  });
});

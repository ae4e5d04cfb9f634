import { afterAll, beforeAll, beforeEach, expect, it } from '@jest/globals';
import type { CircleId, CodeId } from '@longtable/shared/ids';
import { CodeList, MintedCode } from '@longtable/shared/protocol/http/circles';
import { StartedPartnership, Table } from '@longtable/shared/protocol/http/partnerships';
import { describeEachBackend } from '../../testing/backends.ts';
import {
  seatedMember,
  startPartnership,
  type TestPartnership,
  type TestPerson,
} from '../../testing/factories.ts';
import { type Device, startTestServer, type TestServer } from '../../testing/http-client.ts';
import { createTestDeps, type TestDeps } from '../../testing/test-deps.ts';

const WORKSHOP = 40;

describeEachBackend('doors', (backend) => {
  let deps: TestDeps;
  let server: TestServer;
  let partnership: TestPartnership;
  let circle: CircleId;

  beforeAll(async () => {
    deps = createTestDeps(backend.db);
    server = await startTestServer(deps);
  });
  beforeEach(async () => {
    partnership = await startPartnership(deps);
    circle = partnership.circles[0]!;
  });
  afterAll(() => server.close());

  const as = ({ cookie, seat }: TestPerson, body?: unknown) => ({
    seat: seat.id,
    headers: { cookie },
    ...(body === undefined ? {} : { body }),
  });
  const path = () => `/api/circles/${circle}/codes`;
  const mint = async (who: TestPerson, uses = 1): Promise<MintedCode> =>
    MintedCode.parse((await server.newDevice().post(path(), as(who, { uses, days: 3 }))).body);
  const list = (who: TestPerson) => server.newDevice().get(path(), as(who));
  const codes = async (who: TestPerson) => CodeList.parse((await list(who)).body).codes.map(({ id }) => id);
  const takeBack = (who: TestPerson, id: CodeId) => server.newDevice().delete(`${path()}/${id}`, as(who));
  const join = (device: Device, code: string) =>
    device.post('/api/join', { body: { code, handle: { picture: 'kite' }, locale: 'en' } });

  it('the starter sees that a founding code is out, takes it back, and makes another', async () => {
    const { facilitator } = partnership;
    expect(await codes(facilitator)).toEqual([]);
    const lost = await mint(facilitator);
    expect(await codes(facilitator)).toEqual([lost.id]);
    expect((await takeBack(facilitator, lost.id)).status).toBe(204);
    expect(await codes(facilitator)).toEqual([]);
    expect((await join(server.newDevice(), lost.code)).status).toBe(404);
    expect((await takeBack(facilitator, lost.id)).status).toBe(404);
    const next = await mint(facilitator);
    expect((await join(server.newDevice(), next.code)).body).toMatchObject({ state: 'seated' });
  });

  it('once somebody sits there, the starter makes, sees and takes back no code, and has no way in', async () => {
    const member = await seatedMember(deps, circle);
    const theirs = await mint(member, 3);
    const { facilitator } = partnership;
    expect((await list(facilitator)).status).toBe(404);
    expect((await takeBack(facilitator, theirs.id)).status).toBe(404);
    expect((await server.newDevice().post(path(), as(facilitator, { uses: 1, days: 1 }))).status).toBe(404);
    const first = await server
      .newDevice()
      .post(`/api/circles/${circle}/first-seat`, as(facilitator, { handle: { picture: 'cup' } }));
    expect(first.status).toBe(404);
    expect(await codes(member)).toEqual([theirs.id]);
  });

  it('a whole workshop comes through one address at once, and nobody after it', async () => {
    const member = await seatedMember(deps, circle);
    const { code } = await mint(member, WORKSHOP);
    const answers = await Promise.all(Array.from({ length: WORKSHOP }, () => join(server.newDevice(), code)));
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: WORKSHOP }, () => 200));
    expect(await codes(member)).toEqual([]);
    expect((await join(server.newDevice(), code)).status).toBe(404);
  });

  it.each([
    ['facilitator', 0],
    ['group', 1],
  ] as const)('whoever starts as a %s sits in so many circles: %i', async (starter, circlesTaken) => {
    const device = server.newDevice();
    const body = {
      starter,
      title: 'Table',
      template: 'one-evening',
      locales: ['en'],
      circles: 3,
      handle: { picture: 'boat' },
    };
    const started = StartedPartnership.parse((await device.post('/api/partnerships', { body })).body);
    const table = Table.parse(
      (await device.get(`/api/partnerships/${started.partnershipId}`, { seat: started.seatId })).body,
    );
    expect(table.circles.filter(({ isSeated }) => isSeated)).toHaveLength(circlesTaken);
    expect(table.hasSecondFacilitator).toBe(false);
    expect(started.circleSeatId !== null).toBe(circlesTaken > 0);
    if (started.circleSeatId === null) return;
    const inside = Table.parse(
      (await device.get(`/api/partnerships/${started.partnershipId}`, { seat: started.circleSeatId })).body,
    );
    const own = inside.circles.find(({ isMine }) => isMine)!;
    expect(own.isSeated).toBe(true);
    expect(inside).not.toHaveProperty('hasSecondFacilitator');
    const codesOf = (seat: typeof started.seatId) =>
      device.post(`/api/circles/${own.id}/codes`, { seat, body: { uses: 1, days: 1 } });
    expect((await codesOf(started.circleSeatId)).body).toMatchObject({ isFounding: false });
    expect((await codesOf(started.seatId)).status).toBe(404);
  });

  it('a group’s starter may sit in any circle, so that no number tells whose it is', async () => {
    const body = {
      starter: 'group',
      title: 'Table',
      template: 'one-evening',
      locales: ['en'],
      circles: 2,
      handle: { picture: 'boat' },
    };
    const numbers = new Set<number>();
    // Fifty tables in a row with the same circle taken: once in 500 million million runs.
    for (let table = 0; table < 50 && numbers.size < 2; table += 1) {
      const device = server.newDevice();
      const { partnershipId, circleSeatId } = StartedPartnership.parse(
        (await device.post('/api/partnerships', { body })).body,
      );
      const { circles } = Table.parse(
        (await device.get(`/api/partnerships/${partnershipId}`, { seat: circleSeatId! })).body,
      );
      numbers.add(circles.find(({ isMine }) => isMine)!.number);
    }
    expect(numbers).toEqual(new Set([1, 2]));
  });
});

import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { CircleHeard } from '@longtable/shared/protocol/http/heard';
import { Standing } from '@longtable/shared/protocol/http/standing';
import { describeEachBackend } from '../../testing/backends.ts';
import { seatedMember, startPartnership, type TestPerson, waitingPerson } from '../../testing/factories.ts';
import { type TestServer, startTestServer } from '../../testing/http-client.ts';
import { type TestDeps, createTestDeps } from '../../testing/test-deps.ts';

describeEachBackend('heard', (backend) => {
  let deps: TestDeps;
  let server: TestServer;
  beforeAll(async () => {
    deps = createTestDeps(backend.db);
    server = await startTestServer(deps);
  });
  afterAll(() => server.close());

  const get = (path: string, { cookie, seat }: TestPerson) =>
    server.newDevice().get(path, { seat: seat.id, headers: { cookie } });
  const post = (path: string, { cookie, seat }: TestPerson, body: unknown) =>
    server.newDevice().post(path, { seat: seat.id, headers: { cookie }, body });

  const setTable = async () => {
    const table = await startPartnership(deps, { circles: 3 });
    const [circle, other] = table.circles;
    const member = await seatedMember(deps, circle!);
    const friend = await seatedMember(deps, circle!);
    const outsider = await seatedMember(deps, other!);
    const documentId = table.documents.definition;
    const heardIn = async (who: TestPerson, section: string) => {
      const standing = Standing.parse((await get(`/api/partnerships/${table.id}/standing`, who)).body);
      const sections = standing.documents.find(({ id }) => id === documentId)!.sections;
      return sections.find((each) => each.section === section)!.heard;
    };
    const mark = (who: TestPerson, section: string, value: string | null) =>
      post(`/api/circles/${circle}/heard`, who, { documentId, section, mark: value });
    const inside = async (who: TestPerson) =>
      CircleHeard.parse((await get(`/api/circles/${circle}/heard`, who)).body);
    return {
      table,
      circle: circle!,
      other: other!,
      member,
      friend,
      outsider,
      documentId,
      heardIn,
      mark,
      inside,
    };
  };

  it('every seated circle is asked on every starred section, and no other circle on any', async () => {
    const { circle, other, heardIn, table } = await setTable();
    expect(await heardIn(table.facilitator, 'why')).toEqual([
      { circleId: circle, isHeard: false },
      { circleId: other, isHeard: false },
    ]);
    expect(await heardIn(table.facilitator, 'who-must-act')).toEqual([]);
  });

  it('any member marks, the last one counts, and it can be taken back', async () => {
    const { circle, other, member, friend, outsider, heardIn, mark, inside, documentId } = await setTable();
    expect((await mark(member, 'why', 'spoke')).status).toBe(204);
    expect(await heardIn(outsider, 'why')).toEqual([
      { circleId: circle, isHeard: true },
      { circleId: other, isHeard: false },
    ]);
    await mark(friend, 'why', 'passed');
    expect((await inside(member)).marks).toEqual([{ documentId, section: 'why', mark: 'passed' }]);
    expect((await heardIn(outsider, 'why'))[0]!.isHeard).toBe(true);
    await mark(member, 'why', null);
    expect((await inside(friend)).marks).toEqual([]);
    expect((await heardIn(outsider, 'why'))[0]!.isHeard).toBe(false);
  });

  it('"not safe" is to every answer outside the circle what "not yet" is, byte for byte', async () => {
    const { table, member, friend, outsider, mark } = await setTable();
    const see = (who: TestPerson) => get(`/api/partnerships/${table.id}/standing`, who);
    const watchers = [table.facilitator, outsider, friend, member];
    const before = await Promise.all(watchers.map(see));
    await mark(member, 'why', 'notSafe');
    const after = await Promise.all(watchers.map(see));
    expect(after.map(({ bytes }) => bytes.toString())).toEqual(before.map(({ bytes }) => bytes.toString()));
  });

  it('tells of "not safe" the seat that the circle chose for support, and no other', async () => {
    const { circle, member, friend, mark, inside, documentId } = await setTable();
    await mark(member, 'why', 'notSafe');
    expect(await inside(friend)).toMatchObject({ support: null, notices: [] });
    const support = { kind: 'seat', seatId: friend.seat.id };
    expect((await post(`/api/circles/${circle}/support`, member, { support })).status).toBe(204);
    expect(await inside(friend)).toMatchObject({ support, notices: [{ documentId, section: 'why' }] });
    expect(await inside(member)).toMatchObject({ support, notices: [] });
    await mark(member, 'why', 'passed');
    expect(await inside(friend)).toMatchObject({ notices: [] });
  });

  it('takes a name outside for support, which only the circle reads, and refuses a seat of another circle', async () => {
    const { circle, member, friend, outsider, inside } = await setTable();
    const text = 'Canary, who sits by the well';
    await post(`/api/circles/${circle}/support`, member, { support: { kind: 'text', text } });
    expect((await inside(friend)).support).toEqual({ kind: 'text', text });
    const row = await deps.db('circle_supports').where({ circle_id: circle }).first();
    expect(Buffer.from(row.support_sealed).includes('Canary')).toBe(false);
    const foreign = { support: { kind: 'seat', seatId: outsider.seat.id } };
    expect(await post(`/api/circles/${circle}/support`, member, foreign)).toMatchObject({ status: 400 });
    await post(`/api/circles/${circle}/support`, member, { support: null });
    expect((await inside(friend)).support).toBeNull();
  });

  it('seals every mark at one length', async () => {
    const { circle, member, mark } = await setTable();
    await mark(member, 'why', 'spoke');
    await mark(member, 'our-words', 'notSafe');
    const rows = (await deps.db('heard_marks').where({ circle_id: circle })) as { mark_sealed: Uint8Array }[];
    expect(new Set(rows.map(({ mark_sealed }) => mark_sealed.length)).size).toBe(1);
  });

  it('is for members of the circle; to everyone else it does not exist', async () => {
    const { table, circle, outsider, documentId } = await setTable();
    const elsewhere = await startPartnership(deps);
    const body = { documentId, section: 'why', mark: 'spoke' };
    for (const who of [table.facilitator, outsider, elsewhere.facilitator]) {
      expect(await get(`/api/circles/${circle}/heard`, who)).toMatchObject({
        status: 404,
        body: { code: 'notFound' },
      });
      expect(await post(`/api/circles/${circle}/heard`, who, body)).toMatchObject({ status: 404 });
      expect(await post(`/api/circles/${circle}/support`, who, { support: null })).toMatchObject({
        status: 404,
      });
    }
    const waiting = await waitingPerson(deps, circle);
    expect(await get(`/api/circles/${circle}/heard`, waiting)).toMatchObject({ status: 403 });
    expect(await get(`/api/partnerships/${table.id}/standing`, elsewhere.facilitator)).toMatchObject({
      status: 404,
    });
  });

  it('takes starred sections of its own partnership only', async () => {
    const { member, mark, circle } = await setTable();
    const elsewhere = await startPartnership(deps);
    expect(await mark(member, 'who-must-act', 'spoke')).toMatchObject({ status: 400 });
    expect(await mark(member, 'no-such', 'spoke')).toMatchObject({ status: 404 });
    expect(await mark(member, 'why', 'loud')).toMatchObject({ status: 400 });
    const body = { documentId: elsewhere.documents.plan, section: 'what-we-will-do', mark: 'spoke' };
    expect(await post(`/api/circles/${circle}/heard`, member, body)).toMatchObject({ status: 404 });
  });
});

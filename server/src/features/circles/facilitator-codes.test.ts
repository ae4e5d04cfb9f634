import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Joined } from '@longtable/shared/protocol/http/circles';
import { Me } from '@longtable/shared/protocol/http/people';
import { FacilitatorCode } from '@longtable/shared/protocol/http/partnerships';
import { describeEachBackend } from '../../testing/backends.ts';
import { seatedMember, startPartnership, type TestPerson } from '../../testing/factories.ts';
import { type Device, type TestServer, startTestServer } from '../../testing/http-client.ts';
import { type TestDeps, createTestDeps } from '../../testing/test-deps.ts';
import { endSession } from '../people/leaving.service.ts';

describeEachBackend('a second facilitator', (backend) => {
  let deps: TestDeps;
  let server: TestServer;
  beforeAll(async () => {
    deps = createTestDeps(backend.db);
    server = await startTestServer(deps);
  });
  afterAll(() => server.close());

  const mint = (id: string, { cookie, seat }: TestPerson, body: object = {}) =>
    server
      .newDevice()
      .post(`/api/partnerships/${id}/facilitator-codes`, { seat: seat.id, headers: { cookie }, body });
  const mintCode = async (id: string, who: TestPerson) => FacilitatorCode.parse((await mint(id, who)).body);
  const join = (device: Device, code: string) =>
    device.post('/api/join', { body: { code, handle: { picture: 'drum' }, locale: 'en' } });

  it('sits down at once with a code that opens once, and carries on when the first is gone', async () => {
    const { id, facilitator, circles, documents } = await startPartnership(deps);
    await seatedMember(deps, circles[0]!);
    const { code, url } = await mintCode(id, facilitator);
    expect(url).toBe(`${deps.env.publicUrl}/join#${code.replace('-', '')}`);
    const device = server.newDevice();
    const joined = Joined.parse((await join(device, code.toLowerCase())).body);
    expect(joined).toMatchObject({ partnershipId: id, state: 'seated' });
    expect(Me.parse((await device.get('/api/me')).body).seats).toMatchObject([
      { role: 'facilitator', circleId: null, state: 'seated' },
    ]);
    expect(await join(server.newDevice(), code)).toMatchObject({
      status: 404,
      body: { code: 'codeUnknown' },
    });

    await endSession(deps, facilitator.session);
    const seat = joined.seatId;
    const opened = await device.post(`/api/documents/${documents.plan}/rounds`, {
      seat,
      body: { sections: ['what-we-will-do'] },
    });
    const { roundId } = opened.body as { roundId: string };
    expect(
      (await device.post(`/api/rounds/${roundId}/phase`, { seat, body: { phase: 'object' } })).status,
    ).toBe(204);
    expect(
      (await device.post(`/api/circles/${circles[1]}/codes`, { seat, body: { uses: 1, days: 1 } })).body,
    ).toMatchObject({ isFounding: true });
  });

  it('of many who bring one code at once, one sits down', async () => {
    const { id, facilitator } = await startPartnership(deps);
    const { code } = await mintCode(id, facilitator);
    const answers = await Promise.all(Array.from({ length: 5 }, () => join(server.newDevice(), code)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404, 404, 404, 404]);
  });

  it('is invited by facilitators of this table only; a newer code replaces the older, and days end it', async () => {
    const [one, other] = [await startPartnership(deps), await startPartnership(deps)];
    const member = await seatedMember(deps, one.circles[0]!);
    for (const who of [member, other.facilitator])
      expect(await mint(one.id, who)).toMatchObject({ status: 404 });
    expect(await mint(one.id, one.facilitator, { days: 31 })).toMatchObject({ status: 400 });
    const older = await mintCode(one.id, one.facilitator);
    const newer = await mintCode(one.id, one.facilitator);
    expect((await join(server.newDevice(), older.code)).status).toBe(404);
    deps.clock.advanceMs(8 * 86_400_000);
    expect((await join(server.newDevice(), newer.code)).status).toBe(404);
    deps.clock.advanceMs(-8 * 86_400_000);
    const row = await deps.db('facilitator_codes').where({ partnership_id: one.id }).first();
    expect(Buffer.from(row.code_hash).toString('latin1')).not.toContain(newer.code.replace('-', ''));
  });
});

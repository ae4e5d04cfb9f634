import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { StartedPartnership, Table } from '@longtable/shared/protocol/http/partnerships';
import { describeEachBackend } from '../../testing/backends.ts';
import { seatedMember, startPartnership, waitingPerson } from '../../testing/factories.ts';
import { type TestServer, startTestServer } from '../../testing/http-client.ts';
import { type TestDeps, createTestDeps } from '../../testing/test-deps.ts';

describeEachBackend('partnerships and their documents', (backend) => {
  let deps: TestDeps;
  let server: TestServer;
  beforeAll(async () => {
    deps = createTestDeps(backend.db);
    server = await startTestServer(deps);
  });
  afterAll(() => server.close());

  it('starting one sets the table: circles without names, documents in order, a facilitator', async () => {
    const device = server.newDevice();
    const body = {
      title: ' Our street ',
      template: 'full',
      locales: ['en', 'ar'],
      circles: 3,
      handle: { picture: 'sun' },
    };
    const { partnershipId, seatId } = StartedPartnership.parse(
      (await device.post('/api/partnerships', { body })).body,
    );
    const table = Table.parse(
      (await device.get(`/api/partnerships/${partnershipId}`, { seat: seatId })).body,
    );
    expect(table).toMatchObject({
      id: partnershipId,
      title: 'Our street',
      template: 'full',
      locales: ['en', 'ar'],
    });
    expect(
      table.circles.map(({ number, name, isSeated, isMine }) => [number, name, isSeated, isMine]),
    ).toEqual([
      [1, null, false, false],
      [2, null, false, false],
      [3, null, false, false],
    ]);
    expect(table.documents.map(({ kind }) => kind).sort()).toEqual(['agreement', 'definition', 'plan']);
  });

  it('its title stands sealed in the database, its days without hours', async () => {
    const { id } = await startPartnership(deps, { title: 'A title that outs' });
    const row = await deps.db('partnerships').where({ id }).first();
    expect(row.title_sealed.includes('outs')).toBe(false);
    expect(row.created_on).toBe('2026-11-21');
  });

  it('is there for those who sit in it, and for nobody else', async () => {
    const [one, other] = [await startPartnership(deps), await startPartnership(deps)];
    const member = await seatedMember(deps, one.circles[0]!);
    const waiting = await waitingPerson(deps, one.circles[0]!);
    const ask = (id: string, { cookie, seat }: typeof member) =>
      server.newDevice().get(`/api/partnerships/${id}`, { seat: seat.id, headers: { cookie } });
    expect((await ask(one.id, member)).status).toBe(200);
    expect((await ask(one.id, one.facilitator)).status).toBe(200);
    expect(await ask(one.id, waiting)).toMatchObject({ status: 403, body: { code: 'waiting' } });
    const [notTheirs, notThere] = [
      await ask(other.id, member),
      await ask('6b0f4c1e-5c39-4b39-9a29-0d5b0a0a1f01', member),
    ];
    expect(notTheirs).toMatchObject({ status: 404, body: { code: 'notFound' } });
    expect(notThere.body).toEqual(notTheirs.body);
    expect((await ask('not-an-id', member)).body).toEqual({ code: 'badRequest', fields: ['partnershipId'] });
  });
});

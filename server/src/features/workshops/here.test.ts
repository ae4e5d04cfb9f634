import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { CatchUp } from '@longtable/shared/protocol/http/here';
import { Table } from '@longtable/shared/protocol/http/partnerships';
import type { BusMessage } from '../../platform/bus.ts';
import { endSession } from '../people/leaving.service.ts';
import { describeEachBackend } from '../../testing/backends.ts';
import { seatedMember, startPartnership, type TestPerson, waitingPerson } from '../../testing/factories.ts';
import { type TestServer, startTestServer } from '../../testing/http-client.ts';
import { setRoundTable, writeJoint } from '../../testing/rounds.ts';
import { type TestDeps, createTestDeps } from '../../testing/test-deps.ts';
import { expectedHere, type LaidPlace } from './here.service.ts';

describeEachBackend('where the room is', (backend) => {
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
  const tableOf = async (who: TestPerson) =>
    Table.parse((await get(`/api/partnerships/${who.seat.partnershipId}`, who)).body);
  const move = (who: TestPerson, documentId: string, section: string) =>
    post(`/api/partnerships/${who.seat.partnershipId}/here`, who, { documentId, section });
  const catchUp = async (who: TestPerson) =>
    CatchUp.parse((await get(`/api/partnerships/${who.seat.partnershipId}/catch-up`, who)).body).lines;

  const setTable = async () => {
    const table = await startPartnership(deps, { template: 'one-evening' });
    const member = await seatedMember(deps, table.circles[0]!);
    return { ...table, member };
  };

  it('a facilitator says it, everyone at the table sees it, and is told at once', async () => {
    const { facilitator, member, documents, id } = await setTable();
    const told: BusMessage[] = [];
    const stop = deps.bus.subscribe((message) => told.push(message));
    expect((await move(facilitator, documents.plan, 'could-this-hurt')).status).toBe(204);
    stop();
    const place = { documentId: documents.plan, section: 'could-this-hurt' };
    expect((await tableOf(member)).here).toEqual(place);
    expect((await tableOf(facilitator)).here).toEqual(place);
    expect(told).toEqual([
      { kind: 'standing', partnershipId: id, circleId: null, documentId: documents.plan },
    ]);
    await move(facilitator, documents.definition, 'why');
    expect((await tableOf(member)).here.section).toBe('why');
  });

  it('a member says it only where no facilitator is left at the table', async () => {
    const { facilitator, member, documents } = await setTable();
    expect((await tableOf(facilitator)).mayMoveHere).toBe(true);
    expect((await tableOf(member)).mayMoveHere).toBe(false);
    expect(await move(member, documents.plan, 'who-pays')).toMatchObject({ status: 404 });
    await endSession(deps, facilitator.session);
    expect((await tableOf(member)).mayMoveHere).toBe(true);
    expect((await move(member, documents.plan, 'who-pays')).status).toBe(204);
    expect((await tableOf(member)).here.section).toBe('who-pays');
  });

  it('is a section of a document of this table, or nothing', async () => {
    const [one, other] = [await setTable(), await setTable()];
    const { here } = await tableOf(one.member);
    const refused = [
      await move(one.facilitator, one.documents.plan, 'why'),
      await move(one.facilitator, other.documents.plan, 'who-pays'),
      await move(other.facilitator, one.documents.plan, 'who-pays'),
      await post(`/api/partnerships/${one.id}/here`, other.facilitator, {
        documentId: one.documents.plan,
        section: 'who-pays',
      }),
    ];
    expect(refused.map(({ status }) => status)).toEqual([404, 404, 404, 404]);
    expect((await tableOf(one.member)).here).toEqual(here);
  });

  it('tells nothing to another table, and nothing to who waits at a door', async () => {
    const [one, other] = [await setTable(), await setTable()];
    const waiting = await waitingPerson(deps, one.circles[0]!);
    for (const path of ['', '/catch-up']) {
      const address = `/api/partnerships/${one.id}${path}`;
      expect((await get(address, other.member)).status).toBe(404);
      expect((await get(address, waiting)).status).toBe(403);
    }
  });

  it('before anybody has said it: what is before the circles, else the first section not settled', async () => {
    const { members, facilitator, documentId, open, move: step, say } = await setRoundTable(deps, server, 1);
    const [member] = members;
    const before = await tableOf(member!);
    expect(before.here).toEqual({ documentId: before.documents[0]!.id, section: expect.any(String) });
    const round = await open(['who-is-at-risk']);
    expect((await tableOf(facilitator)).here).toEqual({ documentId, section: 'who-is-at-risk' });
    await step(round, 'object');
    await say(round, member!, 'who-is-at-risk', 'consent');
    expect((await tableOf(member!)).here).toEqual(before.here);
  });

  describe('what happened so far', () => {
    it('is made of the joint text: nothing of a circle’s own rooms, rounds or people is in it', async () => {
      const { members, open, move: step, say, write, documentId } = await setRoundTable(deps, server, 2);
      await write(members[0]!, 'who-is-at-risk', 'Young people on the road. They told us more.');
      await write(members[0]!, 'in-short', 'People are sold promises. We begin there.');
      await writeJoint(deps, members[0]!, documentId, 'in-short', 'CanaryInside.', 'circle');
      await writeJoint(deps, members[0]!, documentId, 'why', 'CanaryInside.', 'circle');
      const round = await open(['who-is-at-risk']);
      await step(round, 'object');
      await say(round, members[0]!, 'who-is-at-risk', 'concern', { reason: 'CanaryReason' });
      expect(await catchUp(members[1]!)).toEqual(await catchUp(members[0]!));
      await say(round, members[1]!, 'who-is-at-risk', 'consent');

      const lines = await catchUp(members[1]!);
      expect(lines).toEqual([
        { line: 'agreed', count: 1, total: expect.any(Number) },
        {
          line: 'words',
          documentId,
          document: 'definition',
          section: 'who-is-at-risk',
          isAgreed: true,
          text: 'Young people on the road.',
        },
        {
          line: 'drafted',
          count: 1,
          sections: [{ documentId, document: 'definition', section: 'in-short' }],
        },
        {
          line: 'words',
          documentId,
          document: 'definition',
          section: 'in-short',
          isAgreed: false,
          text: 'People are sold promises.',
        },
        expect.objectContaining({ line: 'here', isInRound: false }),
      ]);
      expect(JSON.stringify(lines)).not.toContain('Canary');
    });

    it('says what was agreed to, and not what was written there since', async () => {
      const { members, open, move: step, say, write } = await setRoundTable(deps, server, 1);
      const round = await open(['who-is-at-risk']);
      await step(round, 'object');
      await say(round, members[0]!, 'who-is-at-risk', 'consent');
      await write(members[0]!, 'who-is-at-risk', 'Added later.');
      const lines = await catchUp(members[0]!);
      expect(lines[0]).toMatchObject({ line: 'agreed', count: 1 });
      expect(JSON.stringify(lines)).not.toContain('Added later.');
    });
  });
});

describe('where a newcomer would look for the others', () => {
  const place = (section: string, state: LaidPlace['state'] = 'open', isFirst = true): LaidPlace =>
    ({ documentId: 'document', section, isFirst, state }) as LaidPlace;
  const cases: { rule: string; places: LaidPlace[]; expected: string }[] = [
    { rule: 'at the first section', places: [place('a'), place('b')], expected: 'a' },
    {
      rule: 'not at one that is not on the table',
      places: [place('a', 'open', false), place('b')],
      expected: 'b',
    },
    { rule: 'not at one that is settled', places: [place('a', 'settled'), place('b')], expected: 'b' },
    { rule: 'at what is before the circles', places: [place('a'), place('b', 'inRound')], expected: 'b' },
    {
      rule: 'there also where it is not on the table at first',
      places: [place('a'), place('b', 'inRound', false)],
      expected: 'b',
    },
    {
      rule: 'at the last one, when all are settled',
      places: [place('a', 'settled'), place('b', 'settled'), place('c', 'open', false)],
      expected: 'b',
    },
  ];
  it.each(cases)('$rule', ({ places, expected }) => {
    expect(expectedHere(places).section).toBe(expected);
  });
});

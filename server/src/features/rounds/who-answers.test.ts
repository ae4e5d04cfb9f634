import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { RoundView } from '@longtable/shared/protocol/http/rounds';
import { describeEachBackend } from '../../testing/backends.ts';
import { seatedMember, startPartnership, type TestPerson } from '../../testing/factories.ts';
import { type TestServer, startTestServer } from '../../testing/http-client.ts';
import { setRoundTable } from '../../testing/rounds.ts';
import { type TestDeps, createTestDeps } from '../../testing/test-deps.ts';
import { leaveSeat } from '../people/leaving.service.ts';

/** Each test sets a table of its own, and a busy machine takes its time over that. */
jest.setTimeout(30_000);

/** Without a star, so that nothing has to be marked first. */
const [PLAIN, OTHER] = ['who-is-at-risk', 'who-must-act'] as const;
const STARRED = 'why';
const NOT_NOW = { status: 409, body: { code: 'notNow' } };

describeEachBackend('who answers in a round', (backend) => {
  let deps: TestDeps;
  let server: TestServer;
  beforeAll(async () => {
    deps = createTestDeps(backend.db);
    server = await startTestServer(deps);
  });
  afterAll(() => server.close());

  const setTable = (circles = 3) => setRoundTable(deps, server, circles);

  it('fixes who is asked when it opens', async () => {
    const table = await startPartnership(deps, { circles: 2 });
    const [member, facilitator] = [await seatedMember(deps, table.circles[0]!), table.facilitator];
    const call = (path: string, { cookie, seat }: TestPerson, body: unknown) =>
      server.newDevice().post(path, { seat: seat.id, headers: { cookie }, body });
    const opened = await call(`/api/documents/${table.documents.definition}/rounds`, facilitator, {
      sections: [PLAIN],
    });
    const { roundId } = opened.body as { roundId: string };
    const late = await seatedMember(deps, table.circles[1]!);
    await call(`/api/rounds/${roundId}/phase`, facilitator, { phase: 'object' });
    const answer = { version: 1, position: 'consent' };
    expect(await call(`/api/rounds/${roundId}/sections/${PLAIN}/answer`, late, answer)).toMatchObject(
      NOT_NOW,
    );
    expect((await call(`/api/rounds/${roundId}/sections/${PLAIN}/answer`, member, answer)).status).toBe(204);
    const { body } = await server
      .newDevice()
      .get(`/api/rounds/${roundId}`, { seat: late.seat.id, headers: { cookie: late.cookie } });
    expect(RoundView.parse(body)).toMatchObject({
      electorate: [table.circles[0]],
      sections: [{ status: 'agreed', own: null }],
    });
  });

  it('a circle says yes to a starred section only once it is heard on it, and may object always', async () => {
    const { members, open, move, say, heard } = await setTable(2);
    const [first] = members as [TestPerson];
    const round = await open([STARRED]);
    await move(round, 'object');
    expect(await say(round, first, STARRED, 'consent')).toMatchObject({
      status: 409,
      body: { code: 'notHeard' },
    });
    await heard(first, STARRED, 'notSafe');
    expect(await say(round, first, STARRED, 'concern')).toMatchObject({ body: { code: 'notHeard' } });
    expect((await say(round, first, STARRED, 'objection')).status).toBe(204);
    await heard(first, STARRED, 'passed');
    expect((await say(round, first, STARRED, 'consent')).status).toBe(204);
  });

  it('a circle may answer by all who sit in it: it counts when all have answered, and the worst counts', async () => {
    const { table, members, open, move, say, section, post } = await setTable(2);
    const [first, other] = members as [TestPerson, TestPerson];
    const friend = await seatedMember(deps, table.circles[0]!);
    await post(`/api/circles/${table.circles[0]}/rule`, friend, { rule: 'allAgree' });
    const round = await open([PLAIN]);
    await move(round, 'object');
    await say(round, other, PLAIN, 'consent');
    await say(round, first, PLAIN, 'consent');
    // Too late for this answer: the rule is the one by which the circle began.
    await post(`/api/circles/${table.circles[0]}/rule`, first, { rule: 'speaker' });
    expect(await section(round, PLAIN, first)).toMatchObject({
      isRevealed: false,
      own: { rule: 'allAgree', position: null, mine: { position: 'consent' } },
    });
    expect((await section(round, PLAIN, friend)).own).toMatchObject({ position: null, mine: null });
    await say(round, friend, PLAIN, 'concern', { reason: 'who pays?' });
    const shown = await section(round, PLAIN, other);
    expect(shown).toMatchObject({
      status: 'agreed',
      answers: [{ position: 'concern', reason: 'who pays?' }, { position: 'consent' }],
    });
  });

  it('who sits there is counted without opening what anybody is called', async () => {
    const { members, open, move, say, view } = await setTable(2);
    const [first, other] = members as [TestPerson, TestPerson];
    const round = await open([PLAIN]);
    await move(round, 'object');
    const { open: openSealed } = deps.keyring;
    const opened: string[] = [];
    deps.keyring.open = (context, sealed) => {
      opened.push(context.table);
      return openSealed.call(deps.keyring, context, sealed);
    };
    try {
      for (const who of [first, other]) expect((await say(round, who, PLAIN, 'consent')).status).toBe(204);
      await view(round, first);
    } finally {
      deps.keyring.open = openSealed;
    }
    expect([opened.includes('rounds'), opened.includes('seats')]).toEqual([true, false]);
  });

  it('what single members said after their circle took its consent back goes when the words are pinned anew', async () => {
    const { table, members, open, move, say, post } = await setTable(2);
    const [first, other] = members as [TestPerson, TestPerson];
    const circle = table.circles[0]!;
    await seatedMember(deps, circle);
    const round = await open([PLAIN]);
    await move(round, 'object');
    for (const who of [first, other]) await say(round, who, PLAIN, 'consent');
    for (const who of [first, other]) await post(`/api/rounds/${round}/sections/${PLAIN}/withdraw`, who);
    await post(`/api/circles/${circle}/rule`, first, { rule: 'allAgree' });
    await say(round, first, PLAIN, 'concern');
    const said = async () => {
      const row = await deps
        .db('round_answers')
        .where({ round_id: round, version: 1, circle_id: circle })
        .first();
      const context = {
        table: 'round_answers',
        column: 'said',
        row: `${round}/${PLAIN}/1`,
        audience: `circle:${circle}`,
      };
      return JSON.parse((await deps.keyring.open(context, row.said_sealed)).toString()) as {
        answers: object;
      };
    };
    expect(await said()).toMatchObject({ answers: { [first.seat.id]: { position: 'concern' } } });
    await say(round, other, PLAIN, 'objection');
    await move(round, 'integrate');
    expect((await post(`/api/rounds/${round}/sections/${PLAIN}/repin`, table.facilitator)).status).toBe(204);
    expect(await said()).toMatchObject({ withdrawnOn: deps.clock.today() });
    expect((await said()).answers).toEqual({});
  });

  it('is moved by facilitators alone and answered by members alone; elsewhere it does not exist', async () => {
    const { members, open, move, get, post, facilitator, documentId } = await setTable(2);
    const [member] = members as [TestPerson];
    const elsewhere = (await startPartnership(deps)).facilitator;
    const round = await open([PLAIN]);
    await move(round, 'object');
    const answer = { version: 1, position: 'consent' };
    const calls: [string, unknown, TestPerson[]][] = [
      [`/api/documents/${documentId}/rounds`, { sections: [OTHER] }, [member, elsewhere]],
      [`/api/rounds/${round}/phase`, { phase: 'react' }, [member, elsewhere]],
      [`/api/rounds/${round}/close`, {}, [member, elsewhere]],
      [`/api/rounds/${round}/sections/${PLAIN}/reveal`, {}, [member, elsewhere]],
      [`/api/rounds/${round}/sections/${PLAIN}/repin`, {}, [member, elsewhere]],
      [`/api/rounds/${round}/sections/${PLAIN}/release`, {}, [member, elsewhere]],
      [`/api/rounds/${round}/sections/${PLAIN}/answer`, answer, [facilitator, elsewhere]],
      [`/api/rounds/${round}/sections/${PLAIN}/withdraw`, {}, [facilitator, elsewhere]],
    ];
    for (const [path, body, strangers] of calls) {
      for (const who of strangers)
        expect([path, await post(path, who, body)]).toMatchObject([
          path,
          { status: 404, body: { code: 'notFound' } },
        ]);
    }
    for (const path of [
      `/api/rounds/${round}`,
      `/api/documents/${documentId}/rounds`,
      `/api/rounds/${round}/sections/${PLAIN}/version`,
    ]) {
      expect((await get(path, member)).status).toBe(200);
      expect((await get(path, elsewhere)).status).toBe(404);
    }
    expect(
      await post(`/api/documents/${documentId}/rounds`, facilitator, { sections: ['no-such'] }),
    ).toMatchObject({ status: 404 });
    expect(
      await post(`/api/documents/${documentId}/rounds`, facilitator, { sections: [OTHER], reviewMonths: 13 }),
    ).toMatchObject({ status: 400 });
  });

  it('a seat whose rights were taken away while its answer was on the way answers for nobody', async () => {
    const { members, open, move, say, post, section } = await setTable(2);
    const [first, second] = members as [TestPerson, TestPerson];
    const round = await open([PLAIN, OTHER]);
    await move(round, 'object');
    for (const each of members) await say(round, each, OTHER, 'consent');
    await leaveSeat(deps, second.seat.id);
    await say(round, first, PLAIN, 'consent');
    expect(await say(round, second, PLAIN, 'consent')).toMatchObject({ status: 404 });
    expect(await post(`/api/rounds/${round}/sections/${OTHER}/withdraw`, second)).toMatchObject({
      status: 404,
    });
    expect((await section(round, PLAIN)).status).toBe('pinned');
  });

  it('nobody comes first again into a circle that all have left, and so speaks in its name', async () => {
    const { table, members, facilitator, open, move, say, section, post } = await setTable(2);
    const [first, gone] = members as [TestPerson, TestPerson];
    const round = await open([PLAIN]);
    await move(round, 'object');
    await say(round, first, PLAIN, 'consent');
    await deps.db('seats').where({ id: gone.seat.id }).update({ state: 'left' });
    const circle = `/api/circles/${table.circles[1]}`;
    for (const path of [`${circle}/first-seat`, `${circle}/codes`]) {
      expect(await post(path, facilitator, { handle: { picture: 'kite' }, uses: 1, days: 1 })).toMatchObject({
        status: 404,
        body: { code: 'notFound' },
      });
    }
    expect(await say(round, gone, PLAIN, 'consent')).toMatchObject({ status: 404 });
    expect((await section(round, PLAIN)).status).toBe('pinned');
  });

  it('of many who answer at once, every circle counts once', async () => {
    const { members, open, move, say, section } = await setTable(6);
    const round = await open([PLAIN]);
    await move(round, 'object');
    await Promise.all([...members, ...members].map((member) => say(round, member, PLAIN, 'consent')));
    expect(await section(round, PLAIN)).toMatchObject({ status: 'agreed' });
    expect((await section(round, PLAIN)).answers).toHaveLength(6);
  });
});

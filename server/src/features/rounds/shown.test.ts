import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { RoundList, RoundView } from '@longtable/shared/protocol/http/rounds';
import { describeEachBackend } from '../../testing/backends.ts';
import { seatedMember, type TestPerson } from '../../testing/factories.ts';
import { type TestServer, startTestServer } from '../../testing/http-client.ts';
import { setRoundTable } from '../../testing/rounds.ts';
import { type TestDeps, createTestDeps } from '../../testing/test-deps.ts';
import { readCircle } from '../circles/circles.service.ts';
import { openSaid, sealSaid } from './circle-answers.ts';
import { findAnswersTo } from './rounds.repository.ts';
import { shownDissent } from './round-view.ts';
import { readRound } from './rounds.service.ts';

/** Each test sets a table of its own, and a busy machine takes its time over that. */
jest.setTimeout(30_000);

/** Without a star, so that nothing has to be marked first. */
const [PLAIN, OTHER] = ['who-is-at-risk', 'who-must-act'] as const;
const NOT_NOW = { status: 409, body: { code: 'notNow' } };

describeEachBackend('what a round shows, to whom and how long', (backend) => {
  let deps: TestDeps;
  let server: TestServer;
  beforeAll(async () => {
    deps = createTestDeps(backend.db);
    server = await startTestServer(deps);
  });
  afterAll(() => server.close());

  const setTable = async (circles = 2) => {
    const base = await setRoundTable(deps, server, circles);
    const section = async (round: string, who: TestPerson = base.facilitator, key: string = PLAIN) =>
      RoundView.parse((await base.get(`/api/rounds/${round}`, who)).body).sections.find(
        (each) => each.section === key,
      )!;
    const act = (round: string, what: string, who: TestPerson = base.facilitator, key: string = PLAIN) =>
      base.post(`/api/rounds/${round}/sections/${key}/${what}`, who);
    const leave = (who: TestPerson) => deps.db('seats').where({ id: who.seat.id }).update({ state: 'left' });
    const dissent = async (round: string) =>
      shownDissent(deps, await readRound(deps, round as Parameters<typeof readRound>[1]), PLAIN);
    const begin = async (sections: string[] = [PLAIN]) => {
      const round = await base.open(sections);
      await base.move(round, 'object');
      return round;
    };
    return { ...base, section, act, leave, dissent, begin };
  };

  it('keeps what was said of earlier words readable, by everyone, beside what is said of newer ones', async () => {
    const { table, members, facilitator, begin, move, say, section, act, post } = await setTable();
    const [first, second] = members as [TestPerson, TestPerson];
    const round = await begin();
    await say(round, first, PLAIN, 'objection', { reason: 'it would out us' });
    await say(round, second, PLAIN, 'consent');
    await move(round, 'integrate');
    await act(round, 'repin');
    const earlier = [
      {
        version: 1,
        answers: [
          { circleId: table.circles[0], position: 'objection', reason: 'it would out us', on: null },
          { circleId: table.circles[1], position: 'consent', reason: null, on: null },
        ],
        withdrawn: [],
      },
    ];
    for (const who of [first, second, facilitator])
      expect(await section(round, who)).toMatchObject({ status: 'pinned', answers: [], earlier });
    await move(round, 'object');
    await say(round, second, PLAIN, 'concern', { version: 2, reason: 'sealed so far' });
    expect(JSON.stringify(await section(round, first))).not.toContain('sealed so far');
    await post(`/api/rounds/${round}/close`, facilitator);
    expect(await section(round, second)).toMatchObject({ earlier });
  });

  it('forgets, with the words it was about, what somebody began to say and their circle never did', async () => {
    const { table, members, begin, move, say, section, act, post } = await setTable();
    const [first, second] = members as [TestPerson, TestPerson];
    await seatedMember(deps, table.circles[1]!);
    await post(`/api/circles/${table.circles[1]}/rule`, second, { rule: 'allAgree' });
    const round = await begin();
    await say(round, second, PLAIN, 'concern', { reason: 'not said by all of us' });
    await say(round, first, PLAIN, 'objection', { reason: 'shown' });
    await act(round, 'reveal');
    await move(round, 'integrate');
    await act(round, 'repin');
    const { earlier } = await section(round, second);
    expect(earlier.map(({ answers }) => answers.map(({ reason }) => reason))).toEqual([['shown']]);
    expect(await deps.db('round_answers').where({ round_id: round })).toHaveLength(1);
  });

  it('takes the answer of somebody who leaves along with them, until it is shown', async () => {
    const { table, members, begin, say, section, leave, post } = await setTable();
    const [first, second] = members as [TestPerson, TestPerson];
    const friend = await seatedMember(deps, table.circles[0]!);
    await post(`/api/circles/${table.circles[0]}/rule`, first, { rule: 'allAgree' });
    const round = await begin([PLAIN, OTHER]);
    for (const each of [first, friend, second]) await say(round, each, OTHER, 'consent');
    await say(round, first, PLAIN, 'objection', { reason: 'hers alone' });
    await say(round, friend, PLAIN, 'concern', { reason: 'hers, who stays' });
    await say(round, second, PLAIN, 'consent');
    // Shown by now: it is the circle's.
    expect(await section(round, second)).toMatchObject({ status: 'reopened' });

    const later = await begin([OTHER]);
    await say(later, first, OTHER, 'objection', { reason: 'hers alone' });
    await say(later, friend, OTHER, 'concern', { reason: 'hers, who stays' });
    expect((await section(later, friend, OTHER)).own).toMatchObject({ position: 'objection' });
    await leave(first);
    expect((await section(later, friend, OTHER)).own).toMatchObject({ position: 'concern' });
    await say(later, second, OTHER, 'consent');
    const shown = await section(later, second, OTHER);
    expect(shown).toMatchObject({
      status: 'agreed',
      answers: [{ position: 'concern', reason: 'hers, who stays' }, { position: 'consent' }],
    });
    expect(await section(round, second)).toMatchObject({
      answers: [{ position: 'objection', reason: 'hers alone' }, { position: 'consent' }],
    });
  });

  it('counts nothing that was said for a circle by somebody who has left, however it decides', async () => {
    const { table, members, begin, say, section, act, leave } = await setTable();
    const [first, second] = members as [TestPerson, TestPerson];
    const friend = await seatedMember(deps, table.circles[0]!);
    const round = await begin();
    await say(round, first, PLAIN, 'objection', { reason: 'hers alone' });
    expect((await section(round, friend)).own?.mine).toMatchObject({ reason: 'hers alone' });
    await leave(first);
    expect((await section(round, friend)).own).toMatchObject({ position: null, mine: null });
    await say(round, second, PLAIN, 'consent');
    // The last that seems to be waited for is not: nobody who sits in the first circle has spoken.
    expect(await section(round, second)).toMatchObject({ status: 'pinned', isRevealed: false });
    await act(round, 'reveal');
    const shown = await section(round, second);
    expect(shown).toMatchObject({ status: 'waiting', waitingFor: [table.circles[0]] });
    expect(JSON.stringify(shown)).not.toContain('hers alone');
    await say(round, friend, PLAIN, 'consent');
    expect((await section(round, second)).status).toBe('agreed');
  });

  it('waits no longer inside a circle for somebody who left without a word', async () => {
    const { table, members, begin, say, section, act, leave, post } = await setTable();
    const [first, second] = members as [TestPerson, TestPerson];
    const friend = await seatedMember(deps, table.circles[0]!);
    await post(`/api/circles/${table.circles[0]}/rule`, first, { rule: 'allAgree' });
    const round = await begin();
    await say(round, first, PLAIN, 'consent');
    await say(round, second, PLAIN, 'consent');
    expect(await section(round, second)).toMatchObject({ status: 'pinned' });
    await leave(friend);
    await act(round, 'reveal');
    expect(await section(round, second)).toMatchObject({ status: 'agreed' });
  });

  it('keeps of who inside a circle said what nothing once its answer is shown', async () => {
    const { table, members, begin, say, section, post } = await setTable();
    const [first, second] = members as [TestPerson, TestPerson];
    const friend = await seatedMember(deps, table.circles[0]!);
    await post(`/api/circles/${table.circles[0]}/rule`, first, { rule: 'allAgree' });
    const round = await begin();
    await say(round, first, PLAIN, 'concern', { reason: 'one thing', dissent: 'named' });
    await say(round, friend, PLAIN, 'concern', { reason: 'another', dissent: 'unnamed' });
    await say(round, second, PLAIN, 'consent');
    const rows = await findAnswersTo(deps.db, round as Parameters<typeof findAnswersTo>[1], PLAIN, 1);
    for (const row of rows) expect((await openSaid(deps.keyring, row)).answers).toEqual({});
    const own = rows.find(({ circle_id }) => circle_id === table.circles[0])!;
    expect((await openSaid(deps.keyring, own)).shown).toEqual({
      position: 'concern',
      reason: 'another one thing',
      dissent: 'unnamed',
    });
    expect((await section(round, first)).own).toMatchObject({ rule: 'allAgree', mine: null });
    // What is sealed keeps its length.
    const { keyId } = await readCircle(deps.db, own.circle_id);
    const unshown = await sealSaid(deps.keyring, keyId, own, await openSaid(deps.keyring, own));
    expect(unshown.length).toBe(own.said_sealed.length);
  });

  it('gives exports no worry without a name that readers could put one to', async () => {
    const { members, begin, say, dissent, post } = await setTable(3);
    const [first, second, third] = members as [TestPerson, TestPerson, TestPerson];
    const unnamed = { circleId: null, position: 'concern', reason: 'somebody says' };
    const round = await begin();
    await say(round, first, PLAIN, 'consent');
    await say(round, second, PLAIN, 'concern', { reason: 'somebody says', dissent: 'unnamed' });
    await say(round, third, PLAIN, 'consent');
    expect(await dissent(round)).toEqual([unnamed]);

    // Taken back, it would go on the day on which its circle is named: two files would say whose it was.
    const withdraw = `/api/rounds/${round}/sections/${PLAIN}/withdraw`;
    expect((await post(withdraw, second)).status).toBe(204);
    expect(await dissent(round)).toEqual([unnamed]);
    await say(round, second, PLAIN, 'consent');
    expect(await dissent(round)).toEqual([unnamed]);

    const next = await begin();
    await say(next, first, PLAIN, 'concern', { reason: 'ours', dissent: 'named' });
    await say(next, second, PLAIN, 'concern', { reason: 'somebody says', dissent: 'unnamed' });
    await say(next, third, PLAIN, 'consent');
    expect((await dissent(next)).map(({ reason }) => reason)).toEqual(['ours']);
  });

  it('lets a facilitator take one section out while the others go on', async () => {
    const { members, begin, say, section, act, write, post, facilitator, open } = await setTable();
    const [first, second] = members as [TestPerson, TestPerson];
    const round = await begin([PLAIN, OTHER]);
    await say(round, first, PLAIN, 'objection', { reason: 'sealed for good' });
    expect((await act(round, 'release')).status).toBe(204);
    expect(await section(round, first)).toMatchObject({
      isReleased: true,
      isHeld: false,
      isRevealed: false,
      answers: [],
    });
    expect(await deps.db('round_answers').where({ round_id: round })).toEqual([]);
    expect(await write(first, PLAIN, 'open again')).toMatchObject({ ok: true });
    expect(await write(first, OTHER, 'still pinned')).toMatchObject({ ok: false });
    expect(await say(round, second, PLAIN, 'consent')).toMatchObject(NOT_NOW);
    for (const what of ['release', 'reveal', 'repin']) expect(await act(round, what)).toMatchObject(NOT_NOW);
    for (const each of members) await say(round, each, OTHER, 'consent');
    expect(await section(round, first, OTHER)).toMatchObject({ status: 'agreed', isReleased: false });
    // Another round may ask about it, and has it to itself.
    const next = await open([PLAIN]);
    await post(`/api/rounds/${round}/close`, facilitator);
    expect(await write(first, PLAIN, 'slipped in')).toMatchObject({ ok: false });
    expect(await section(next, first)).toMatchObject({ status: 'pinned', isHeld: true });
  });

  it('lets a new round ask about words that changed since the running one agreed them', async () => {
    const { members, begin, say, section, act, write, get, open, documentId, facilitator } = await setTable();
    const [first, second] = members as [TestPerson, TestPerson];
    const round = await begin([PLAIN, OTHER]);
    await expect(open([OTHER])).rejects.toThrow('notNow');
    for (const each of members) await say(round, each, PLAIN, 'consent');
    await write(first, PLAIN, 'other words');
    const { rounds } = RoundList.parse((await get(`/api/documents/${documentId}/rounds`, facilitator)).body);
    expect(rounds[0]?.sections.map(({ section, isFree }) => [section, isFree])).toEqual([
      [PLAIN, true],
      [OTHER, false],
    ]);
    await expect(open([PLAIN, OTHER])).rejects.toThrow('notNow');
    expect(await section(round)).toMatchObject({ isReleased: false });
    const next = await open([PLAIN]);
    expect(await section(round)).toMatchObject({ status: 'agreed', isReleased: true });
    // A consent taken back there, or an objection, opens nothing that the new round holds.
    await act(round, 'withdraw', second);
    await say(round, second, PLAIN, 'objection', { reason: 'not any more' });
    expect(await write(first, PLAIN, 'slipped in')).toMatchObject({ ok: false });
    expect(await section(next)).toMatchObject({ status: 'pinned' });
  });
});

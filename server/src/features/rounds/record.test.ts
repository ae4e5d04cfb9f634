import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { CircleId } from '@longtable/shared/ids';
import { describeEachBackend } from '../../testing/backends.ts';
import { seatedMember, type TestPerson } from '../../testing/factories.ts';
import { type TestServer, startTestServer } from '../../testing/http-client.ts';
import { setRoundTable } from '../../testing/rounds.ts';
import { type TestDeps, createTestDeps } from '../../testing/test-deps.ts';
import { addPromisedCircle } from '../circles/circles.service.ts';
import { agreementRecord } from './record.service.ts';

/** Each test sets a table of its own, and a busy machine takes its time over that. */
jest.setTimeout(30_000);

/** Without a star, so that nothing has to be marked first. */
const PLAIN = 'who-is-at-risk';

describeEachBackend('what an export may say of rounds', (backend) => {
  let deps: TestDeps;
  let server: TestServer;
  beforeAll(async () => {
    deps = createTestDeps(backend.db);
    server = await startTestServer(deps);
  });
  afterAll(() => server.close());

  const setTable = async (circles = 3) => {
    const base = await setRoundTable(deps, server, circles);
    const document = { id: base.documentId, kind: 'definition' as const, partnershipId: base.table.id };
    const record = async () =>
      (await agreementRecord(deps, document)).find(({ content }) => content.section === PLAIN)!;
    const agree = async (round: string) => {
      await base.move(round, 'object');
      for (const member of base.members) await base.say(round, member, PLAIN, 'consent');
    };
    const post = (round: string, what: string, who: TestPerson) =>
      base.post(`/api/rounds/${round}/${what}`, who);
    const choose = (circle: CircleId, who: TestPerson, rule: object) =>
      base.post(`/api/circles/${circle}/rule`, who, rule);
    const [first, second, third] = base.members as [TestPerson, TestPerson, TestPerson];
    return { ...base, record, agree, post, choose, first, second, third };
  };

  it('are the agreed words beside those that stand there now, and of worries what each circle chose', async () => {
    const { table, members, record, open, move, say, write, first, second, third } = await setTable(4);
    await write(first, PLAIN, 'as agreed');
    expect(await record()).toMatchObject({ agreement: null, isInRound: false });
    const round = await open([PLAIN]);
    await move(round, 'object');
    await say(round, first, PLAIN, 'concern', { reason: 'ours to say', dissent: 'named' });
    await say(round, second, PLAIN, 'concern', { reason: 'somebody says', dissent: 'unnamed' });
    await say(round, members[3]!, PLAIN, 'consent');
    const sealed = await record();
    expect(sealed).toMatchObject({ agreement: null, isInRound: true, earlierDissent: [] });
    expect(JSON.stringify(sealed)).not.toMatch(/ours to say|somebody says|concern/);

    await say(round, third, PLAIN, 'concern', { reason: 'between us', dissent: 'inside' });
    await write(first, PLAIN, 'later');
    const { agreement, content } = await record();
    expect(agreement).toMatchObject({ standing: 'agreed', hasChanged: true, agreedOn: '2026-11-21' });
    expect(agreement?.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(JSON.stringify(agreement)).toMatch(/as agreed/);
    expect(JSON.stringify(agreement)).not.toMatch(/later|between us/);
    expect(JSON.stringify(content)).toMatch(/later/);
    expect(agreement?.dissent).toEqual([
      { circleId: table.circles[0], position: 'concern', reason: 'ours to say' },
      { circleId: null, position: 'concern', reason: 'somebody says' },
    ]);
    expect(agreement?.circles).toEqual(
      table.circles.map((circleId) => ({ circleId, answer: 'agrees', on: null, rule: null })),
    );
  });

  it('are how a circle decides, as it answered, once the circle lets that out', async () => {
    const { table, record, open, agree, choose: chooseFor, first } = await setTable();
    const [river] = table.circles;
    const choose = (rule: object) => chooseFor(river!, first, rule);
    await choose({ rule: 'allAgree' });
    await agree(await open([PLAIN]));
    const rules = async () => (await record()).agreement?.circles.map(({ rule }) => rule);
    expect(await rules()).toEqual([null, null, null]);
    await choose({ rule: 'speaker', isReleased: true });
    expect(await rules()).toEqual(['allAgree', null, null]);
  });

  it('are a consent taken back, and one given later, by day', async () => {
    const { record, open, agree, say, post, table, first, third } = await setTable();
    const round = await open([PLAIN]);
    await agree(round);
    await post(round, 'close', table.facilitator);
    await post(round, `sections/${PLAIN}/withdraw`, third);
    await post(round, `sections/${PLAIN}/withdraw`, first);
    await say(round, first, PLAIN, 'consent');
    const { agreement } = await record();
    expect(agreement).toMatchObject({ standing: 'waiting', agreedOn: null });
    expect(agreement?.circles.map(({ answer, on }) => [answer, on])).toEqual([
      ['agrees', '2026-11-21'],
      ['agrees', null],
      ['withdrew', '2026-11-21'],
    ]);
  });

  it('are the words agreed before, while others are before the circles and after they came to nothing', async () => {
    const { record, open, agree, move, say, write, post, table, first, second, third } = await setTable();
    await write(first, PLAIN, 'as agreed');
    const before = await open([PLAIN]);
    await agree(before);
    await post(before, 'close', table.facilitator);
    await write(second, PLAIN, 'and more');
    const round = await open([PLAIN]);
    const old = { standing: 'agreed', hasChanged: true, agreedOn: '2026-11-21' };
    expect(await record()).toMatchObject({ isInRound: true, agreement: old, earlierDissent: [] });

    await move(round, 'object');
    await say(round, first, PLAIN, 'consent');
    await say(round, second, PLAIN, 'consent');
    await say(round, third, PLAIN, 'objection', { reason: 'not more', dissent: 'named' });
    const objected = [{ circleId: table.circles[2], position: 'objection', reason: 'not more' }];
    expect(await record()).toMatchObject({ isInRound: true, agreement: old, earlierDissent: objected });
    await post(round, 'close', table.facilitator);
    expect(await record()).toMatchObject({ isInRound: false, agreement: old, earlierDissent: objected });
  });

  it('are agreed by nobody once every circle took its consent back', async () => {
    const { members, record, open, agree, post } = await setTable();
    const round = await open([PLAIN]);
    await agree(round);
    for (const member of members) await post(round, `sections/${PLAIN}/withdraw`, member);
    const { agreement } = await record();
    expect(agreement).toMatchObject({ standing: 'none', agreedOn: null });
    expect(agreement?.circles.map(({ answer }) => answer)).toEqual(['withdrew', 'withdrew', 'withdrew']);
  });

  it('are also the circles that came too late to be asked, once somebody sits there', async () => {
    const { table, record, open, agree } = await setTable();
    await agree(await open([PLAIN]));
    const addOne = async () =>
      addPromisedCircle(backend.db, deps.keyring, table.id, await deps.keyring.createKey(), []);
    const [late, _empty] = [await addOne(), await addOne()];
    await seatedMember(deps, late);
    const circles = (await record()).agreement?.circles;
    expect(circles?.map(({ circleId, answer }) => [circleId, answer])).toEqual([
      ...table.circles.map((circleId) => [circleId, 'agrees']),
      [late, 'notAsked'],
    ]);
  });
});

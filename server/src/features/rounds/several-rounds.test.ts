import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { describeEachBackend } from '../../testing/backends.ts';
import type { TestPerson } from '../../testing/factories.ts';
import { type TestServer, startTestServer } from '../../testing/http-client.ts';
import { setRoundTable } from '../../testing/rounds.ts';
import { type TestDeps, createTestDeps } from '../../testing/test-deps.ts';
import { readCatchUp } from '../workshops/catch-up.service.ts';
import { agreementRecord } from './record.service.ts';

/** Each test sets a table of its own, and a busy machine takes its time over that. */
jest.setTimeout(30_000);

/** Without a star, so that nothing has to be marked first. */
const PLAIN = 'who-is-at-risk';

describeEachBackend('a section over several rounds', (backend) => {
  let deps: TestDeps;
  let server: TestServer;
  beforeAll(async () => {
    deps = createTestDeps(backend.db);
    server = await startTestServer(deps);
  });
  afterAll(() => server.close());

  const setTable = async () => {
    const base = await setRoundTable(deps, server, 3);
    const { table, documentId, members, facilitator, post, open, move, say, write } = base;
    const act = (round: string, what: string, who: TestPerson = facilitator) =>
      post(`/api/rounds/${round}/${what}`, who);
    const standing = () => base.standing(PLAIN);
    const document = { id: documentId, kind: 'definition' as const, partnershipId: table.id };
    const record = async () =>
      (await agreementRecord(deps, document)).find(({ content }) => content.section === PLAIN)!;
    /** Words, put before the circles in a round that ends when as many as these said yes to them. */
    const ask = async (words: string, yes: readonly TestPerson[]) => {
      await write(members[0]!, PLAIN, words);
      const round = await open([PLAIN]);
      await move(round, 'object');
      for (const member of yes) await say(round, member, PLAIN, 'consent');
      await act(round, `sections/${PLAIN}/reveal`);
      return round;
    };
    return { ...base, act, standing, record, ask };
  };

  it('stays agreed while newer words wait for a circle, and is replaced once all agree to those', async () => {
    const { facilitator, members, act, standing, record, ask, say } = await setTable();
    const first = await ask('first words', members);
    await act(first, 'close');
    const second = await ask('second words', members.slice(1));
    // Newer words are being asked about in the room; the record keeps to what is agreed.
    expect(await standing()).toMatchObject({
      standing: 'waiting',
      roundId: second,
      beside: { roundId: first, standing: 'agreed', agreedOn: '2026-11-21', waitingFor: [] },
    });
    expect((await record()).agreement).toMatchObject({ standing: 'agreed', hasChanged: true });
    await act(second, 'close');
    // Whoever is waited for there still finds it.
    expect(await standing()).toMatchObject({
      standing: 'changed',
      roundId: first,
      waitingFor: [],
      beside: {
        roundId: second,
        standing: 'waiting',
        waitingFor: [members[0]!.seat.circleId],
        agreedOn: null,
      },
    });
    const { agreement } = await record();
    expect(agreement).toMatchObject({ standing: 'agreed', hasChanged: true, agreedOn: '2026-11-21' });
    expect(JSON.stringify(agreement?.content)).not.toContain('second words');
    const lines = JSON.stringify((await readCatchUp(deps, facilitator.seat)).lines);
    expect(lines).toContain('first words');
    expect(lines).not.toContain('second words');

    await say(second, members[0]!, PLAIN, 'consent');
    expect(await standing()).toMatchObject({ standing: 'agreed', roundId: second, beside: null });
    expect(JSON.stringify((await record()).agreement?.content)).toContain('second words');
  });

  it('is not agreed by older words again where a circle takes its consent to newer ones back', async () => {
    const { members, act, standing, record, ask } = await setTable();
    await act(await ask('first words', members), 'close');
    const second = await ask('second words', members);
    await act(second, 'close');
    await act(second, `sections/${PLAIN}/withdraw`, members[0]);
    expect(await standing()).toMatchObject({ standing: 'waiting', roundId: second });
    expect((await record()).agreement).toMatchObject({ standing: 'waiting', agreedOn: null });
  });

  it('stays in everybody’s hands where a circle takes its consent back in a round that goes on', async () => {
    const { members, act, write, get, ask } = await setTable();
    const round = await ask('as agreed', members);
    await act(round, `sections/${PLAIN}/withdraw`, members[1]);
    expect(await write(members[0]!, PLAIN, 'better words')).toMatchObject({ ok: true });
    const { body } = await get(`/api/rounds/${round}/sections/${PLAIN}/notes`, members[0]!);
    // Where the words themselves are open, suggestions are written there.
    expect(body).toMatchObject({ open: [] });
  });
});

import { createHash } from 'node:crypto';
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { PinnedVersion } from '@longtable/shared/protocol/http/rounds';
import { describeEachBackend } from '../../testing/backends.ts';
import type { TestPerson } from '../../testing/factories.ts';
import { type TestServer, startTestServer } from '../../testing/http-client.ts';
import { setRoundTable } from '../../testing/rounds.ts';
import { type TestDeps, createTestDeps } from '../../testing/test-deps.ts';
import { addMonths } from './round-events.ts';
import { openRound, pinnedVersion, roundsOf } from './rounds.service.ts';

/** Each test sets a table of its own, and a busy machine takes its time over that. */
jest.setTimeout(30_000);

/** Without a star, so that nothing has to be marked first. */
const [PLAIN, OTHER] = ['who-is-at-risk', 'who-must-act'] as const;
const NOT_NOW = { status: 409, body: { code: 'notNow' } };

describeEachBackend('consent rounds', (backend) => {
  let deps: TestDeps;
  let server: TestServer;
  beforeAll(async () => {
    deps = createTestDeps(backend.db);
    server = await startTestServer(deps);
  });
  afterAll(() => server.close());

  const setTable = (circles = 3) => setRoundTable(deps, server, circles);

  it('agrees when every circle that held a seat can live with the pinned words', async () => {
    const { table, members, open, move, say, section, standing, write, get, facilitator } = await setTable();
    await write(members[0]!, PLAIN, 'As we say it');
    expect([await standing(PLAIN), await standing(OTHER)]).toMatchObject([
      { standing: 'open', isWritten: true },
      { standing: 'open', isWritten: false },
    ]);
    const round = await open([PLAIN, OTHER], { reviewMonths: 12 });
    expect(await write(members[0]!, PLAIN, 'too late')).toEqual({ ok: false, code: 'readOnly' });
    expect(await standing(PLAIN)).toMatchObject({
      standing: 'inRound',
      roundId: round,
      agreedBy: [],
      waitingFor: [],
    });
    await move(round, 'object');
    for (const member of members) expect((await say(round, member, PLAIN, 'consent')).status).toBe(204);

    expect(await section(round, PLAIN)).toMatchObject({
      status: 'agreed',
      agreedOn: '2026-11-21',
      reviewOn: '2027-11-21',
    });
    expect(await standing(PLAIN)).toMatchObject({
      standing: 'agreed',
      agreedBy: table.circles,
      waitingFor: [],
      hasChanged: false,
    });
    expect((await section(round, OTHER)).status).toBe('pinned');

    const version = PinnedVersion.parse(
      (await get(`/api/rounds/${round}/sections/${PLAIN}/version`, facilitator)).body,
    );
    const hash = createHash('sha256')
      .update(Buffer.from(version.salt, 'base64'))
      .update(version.canonical)
      .digest('hex');
    expect(version.hash).toBe(hash);
    expect(JSON.parse(version.canonical).blocks[0].runs[0].text).toBe('As we say it');
    const row = await deps.db('round_versions').where({ round_id: round, section: PLAIN }).first();
    expect(Buffer.from(row.content_sealed).includes('As we say it')).toBe(false);
  });

  it('says "changed" when other words stand there afterwards', async () => {
    const { table, members, open, move, say, standing, write, get, documentId } = await setTable();
    const difference = async () =>
      (await get(`/api/documents/${documentId}/sections/${PLAIN}/difference`, members[1]!)).body;
    await write(members[0]!, PLAIN, 'one thing');
    const round = await open([PLAIN]);
    expect(await difference()).toEqual({ code: 'notFound' });
    await move(round, 'object');
    for (const member of members) await say(round, member, PLAIN, 'consent');
    expect(await difference()).toMatchObject({
      text: [{ kind: 'same', text: 'one thing' }],
      isFormOnly: false,
    });
    expect(await write(members[0]!, PLAIN, 'afterwards')).toMatchObject({ ok: true });
    const changed = (await difference()) as { text: { kind: string; text: string }[]; agreedBy: unknown };
    expect(changed).toMatchObject({ roundId: round, agreedBy: table.circles, agreedOn: '2026-11-21' });
    expect(
      changed.text
        .filter(({ kind }) => kind === 'added')
        .map(({ text }) => text)
        .join('')
        .trim(),
    ).toBe('afterwards');
    expect(changed.text.some(({ kind }) => kind === 'removed')).toBe(false);
    expect(await standing(PLAIN)).toMatchObject({
      standing: 'changed',
      hasChanged: true,
      agreedOn: '2026-11-21',
    });
  });

  it('takes answers in `object` only, for the version that was read, with a reason for what is no consent', async () => {
    const { members, open, move, say } = await setTable();
    const [member] = members as [TestPerson];
    const round = await open([PLAIN]);
    expect(await say(round, member, PLAIN, 'consent')).toMatchObject(NOT_NOW);
    await move(round, 'object');
    expect(await say(round, member, PLAIN, 'consent', { version: 2 })).toMatchObject(NOT_NOW);
    expect(await say(round, member, PLAIN, 'concern', { reason: null })).toMatchObject({
      status: 400,
      body: { fields: ['reason'] },
    });
    expect(await say(round, member, PLAIN, 'objection', { reason: '  ' })).toMatchObject({ status: 400 });
    expect(await say(round, member, OTHER, 'consent')).toMatchObject(NOT_NOW);
  });

  it('an objection opens its own section again, whose new words are put before the circles afresh', async () => {
    const { members, open, move, say, section, standing, write, post, facilitator, get } = await setTable();
    const [first, second, third] = members as [TestPerson, TestPerson, TestPerson];
    const round = await open([PLAIN, OTHER]);
    await move(round, 'object');
    for (const each of members) await say(round, each, OTHER, 'consent');
    await say(round, first, PLAIN, 'consent');
    await say(round, second, PLAIN, 'concern', { reason: 'it is late' });
    await say(round, third, PLAIN, 'objection', { reason: 'it would out us' });
    expect(await section(round, PLAIN)).toMatchObject({
      status: 'reopened',
      answers: [
        { position: 'consent', reason: null, on: null },
        { position: 'concern', reason: 'it is late', on: null },
        { position: 'objection', reason: 'it would out us', on: null },
      ],
    });
    expect((await section(round, OTHER)).status).toBe('agreed');
    expect(await standing(PLAIN)).toMatchObject({ standing: 'inRound', isReopened: true });
    expect(await write(third, PLAIN, 'safer words')).toMatchObject({ ok: true });

    const repin = () => post(`/api/rounds/${round}/sections/${PLAIN}/repin`, facilitator);
    expect(await repin()).toMatchObject(NOT_NOW);
    await move(round, 'integrate');
    expect((await repin()).status).toBe(204);
    expect(await standing(PLAIN)).toMatchObject({ standing: 'inRound', isReopened: false });
    expect(await write(third, PLAIN, 'too late')).toEqual({ ok: false, code: 'readOnly' });
    const version = PinnedVersion.parse(
      (await get(`/api/rounds/${round}/sections/${PLAIN}/version`, first)).body,
    );
    expect(version).toMatchObject({ version: 2, canonical: expect.stringContaining('safer words') });
    expect(await section(round, PLAIN)).toMatchObject({ status: 'pinned', answers: [], version: 2 });
    await move(round, 'object');
    for (const each of members) await say(round, each, PLAIN, 'consent', { version: 2 });
    expect((await section(round, PLAIN)).status).toBe('agreed');
  });

  it('can be shown early: agreed by those here, waiting for the rest, who may answer after the end', async () => {
    const { table, members, open, move, say, section, standing, post, facilitator, write } = await setTable();
    const [first, second, third] = members as [TestPerson, TestPerson, TestPerson];
    const round = await open([PLAIN]);
    await move(round, 'object');
    await say(round, first, PLAIN, 'consent');
    await say(round, second, PLAIN, 'consent');
    expect((await post(`/api/rounds/${round}/sections/${PLAIN}/reveal`, facilitator)).status).toBe(204);
    expect(await standing(PLAIN)).toMatchObject({
      standing: 'waiting',
      agreedBy: table.circles.slice(0, 2),
      waitingFor: table.circles.slice(2),
    });
    expect(await write(first, PLAIN, 'still pinned')).toMatchObject({ ok: false });
    expect((await post(`/api/rounds/${round}/close`, facilitator)).status).toBe(204);
    expect(await move(round, 'react')).toMatchObject(NOT_NOW);
    expect(await write(first, PLAIN, 'open again')).toMatchObject({ ok: true });
    deps.clock.advanceMs(86_400_000);
    expect((await say(round, third, PLAIN, 'consent')).status).toBe(204);
    expect(await section(round, PLAIN)).toMatchObject({ status: 'agreed', agreedOn: '2026-11-22' });
    expect((await section(round, PLAIN)).answers.map(({ on }) => on)).toEqual([null, null, '2026-11-22']);
    expect(await standing(PLAIN)).toMatchObject({ standing: 'changed' });

    expect((await post(`/api/rounds/${round}/sections/${PLAIN}/withdraw`, first)).status).toBe(204);
    expect(await section(round, PLAIN)).toMatchObject({
      status: 'waiting',
      withdrawn: [{ circleId: table.circles[0], on: '2026-11-22' }],
      agreedOn: null,
    });
    expect((await say(round, first, PLAIN, 'consent')).status).toBe(204);
    expect(await section(round, PLAIN)).toMatchObject({ status: 'agreed', withdrawn: [] });
    deps.clock.advanceMs(-86_400_000);
  });

  it('ends without showing what was never shown, and the section may be put forward again', async () => {
    const { members, open, move, say, section, standing, post, facilitator, write } = await setTable();
    const round = await open([PLAIN]);
    await expect(open([PLAIN])).rejects.toThrow('notNow');
    await move(round, 'object');
    await say(round, members[0]!, PLAIN, 'objection', { reason: 'canary' });
    await post(`/api/rounds/${round}/close`, facilitator);
    expect(await section(round, PLAIN, members[0]!)).toMatchObject({
      answers: [],
      waitingFor: [],
      isRevealed: false,
    });
    expect(await deps.db('round_answers').where({ round_id: round })).toEqual([]);
    expect((await standing(PLAIN)).standing).toBe('open');
    expect(await write(members[0]!, PLAIN, 'on we write')).toMatchObject({ ok: true });
    expect(await open([PLAIN])).not.toBe(round);
  });

  it('a late answer in a round that ended does not open words that a newer round holds', async () => {
    const { members, open, move, say, post, facilitator, write } = await setTable(2);
    const [first, second] = members as [TestPerson, TestPerson];
    const old = await open([PLAIN]);
    await move(old, 'object');
    await say(old, first, PLAIN, 'consent');
    await post(`/api/rounds/${old}/sections/${PLAIN}/reveal`, facilitator);
    await post(`/api/rounds/${old}/close`, facilitator);
    await open([PLAIN]);
    expect((await say(old, second, PLAIN, 'consent')).status).toBe(204);
    expect(await write(first, PLAIN, 'slipped in')).toEqual({ ok: false, code: 'readOnly' });
  });

  it('answers shown of earlier words stay when the round ends with newer ones still sealed', async () => {
    const { members, open, move, say, post, facilitator } = await setTable(2);
    const [first, second] = members as [TestPerson, TestPerson];
    const round = await open([PLAIN]);
    await move(round, 'object');
    await say(round, first, PLAIN, 'objection', { reason: 'shown to all' });
    await say(round, second, PLAIN, 'consent');
    await move(round, 'integrate');
    await post(`/api/rounds/${round}/sections/${PLAIN}/repin`, facilitator);
    await move(round, 'object');
    await say(round, first, PLAIN, 'consent', { version: 2 });
    await post(`/api/rounds/${round}/close`, facilitator);
    const rows = await deps.db('round_answers').where({ round_id: round }).select('version');
    expect(rows.map(({ version }) => version)).toEqual([1, 1]);
  });

  it('names circles that took their consent back in the order of the table', async () => {
    const { table, members, open, move, say, post, section } = await setTable();
    const round = await open([PLAIN]);
    await move(round, 'object');
    for (const each of members) await say(round, each, PLAIN, 'consent');
    for (const each of [...members].reverse())
      await post(`/api/rounds/${round}/sections/${PLAIN}/withdraw`, each);
    expect((await section(round, PLAIN)).withdrawn.map(({ circleId }) => circleId)).toEqual(table.circles);
  });

  it('keeps the key of words whose commit nobody knows of, and destroys those of a refusal', async () => {
    const { documentId, table } = await setTable(2);
    const destroyed: unknown[] = [];
    const { keyring } = deps;
    const watched: TestDeps = {
      ...deps,
      keyring: { ...keyring, destroyKey: async (id) => void destroyed.push(id) },
      // The rows are in; the answer that says so is lost.
      db: new Proxy(deps.db, {
        get: (db, name) =>
          name === 'transaction'
            ? async (use: Parameters<typeof db.transaction>[0]) => {
                await db.transaction(use);
                throw new Error('connection terminated');
              }
            : Reflect.get(db, name),
      }),
    };
    const document = { id: documentId, kind: 'definition' as const, partnershipId: table.id };
    const put = (into: TestDeps) => openRound(into, document, { sections: [PLAIN], reviewMonths: 6 });
    await expect(put(watched)).rejects.toThrow('connection terminated');
    expect(destroyed).toEqual([]);
    const [round] = await roundsOf(deps, documentId);
    expect((await pinnedVersion(deps, round!, PLAIN)).version).toBe(1);
    await expect(put({ ...watched, db: deps.db })).rejects.toThrow('notNow');
    expect(destroyed).toHaveLength(1);
  });
});

it('counts months to a day that exists', () => {
  expect(addMonths('2026-08-31', 6)).toBe('2027-02-28');
  expect(addMonths('2026-11-21', 12)).toBe('2027-11-21');
});

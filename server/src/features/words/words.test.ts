import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { MAX_TAKEN_BACK_PER_SECTION } from '@longtable/shared/limits';
import { DocumentWords, SectionWords } from '@longtable/shared/protocol/http/words';
import { KeyDestroyedError } from '../../platform/keyring.ts';
import { describeEachBackend } from '../../testing/backends.ts';
import { seatedMember, type TestPerson } from '../../testing/factories.ts';
import { type TestServer, startTestServer } from '../../testing/http-client.ts';
import { seenBy, setRoundTable, writeJoint } from '../../testing/rounds.ts';
import { type TestDeps, createTestDeps } from '../../testing/test-deps.ts';

const SECTION = 'why';

describeEachBackend('own words', (backend) => {
  let deps: TestDeps;
  let server: TestServer;
  beforeAll(async () => {
    deps = createTestDeps(backend.db);
    server = await startTestServer(deps);
  });
  afterAll(() => server.close());

  const setTable = async () => {
    const base = await setRoundTable(deps, server, 3);
    const { documentId, get, post } = base;
    const [ana, ben, cem] = base.members as [TestPerson, TestPerson, TestPerson];
    const draft = (who: TestPerson, text: string) =>
      writeJoint(deps, who, documentId, SECTION, text, 'circle');
    const seen = (who: TestPerson, section = SECTION) => seenBy(deps, who, documentId, section);
    const say = async (who: TestPerson, said: string | null, circle = who.seat.circleId, more: object = {}) =>
      post(`/api/circles/${circle}/words`, who, {
        documentId,
        section: SECTION,
        said,
        ...(said === 'words' && who.seat.circleId ? { seen: await seen(who) } : {}),
        ...more,
      });
    const list = async (who: TestPerson) => {
      const { sections } = DocumentWords.parse((await get(`/api/documents/${documentId}/words`, who)).body);
      return sections.find(({ section }) => section === SECTION)!;
    };
    const read = async (who: TestPerson) => {
      const answer = await get(`/api/documents/${documentId}/sections/${SECTION}/words`, who);
      return SectionWords.parse(answer.body).words.map(({ circleId, blocks }) => [
        base.table.circles.indexOf(circleId),
        blocks.map(({ runs }) => runs.map(({ text }) => text).join('')).join('\n'),
      ]);
    };
    return { ...base, ana, ben, cem, draft, seen, say, list, read };
  };

  it('a circle reads the others’ words once it has shared its own or passed, and not before', async () => {
    const { ana, ben, cem, draft, say, list, read } = await setTable();
    await draft(ana, 'debts');
    await draft(ben, 'no papers');
    expect((await say(ana, 'words')).status).toBe(204);
    expect(await read(ana)).toEqual([[0, 'debts']]);
    expect([await read(ben), await read(cem)]).toEqual([[], []]);
    expect(await list(ben)).toMatchObject({ own: null, isOpen: false });

    await say(ben, 'words');
    expect(await read(ana)).toEqual([
      [0, 'debts'],
      [1, 'no papers'],
    ]);
    expect(await read(ben)).toEqual(await read(ana));
    expect(await read(cem)).toEqual([]);
    await say(cem, 'pass');
    expect(await read(cem)).toEqual(await read(ana));
    expect(await list(cem)).toMatchObject({ own: 'pass', isOpen: true });
  });

  it('taken back again and again, they are shared no more on that section, and can still be taken back', async () => {
    const { ana, ben, draft, say, list, documentId } = await setTable();
    for (const who of [ana, ben]) await draft(who, 'debts');
    const place = { document_id: documentId, section: SECTION, circle_id: ana.seat.circleId };
    for (let n = 1; n < MAX_TAKEN_BACK_PER_SECTION; n += 1)
      await deps.db('words_taken_back').insert({ id: randomUUID(), ...place });
    await deps.db('words_taken_back').insert({ id: randomUUID(), ...place, section: 'what-happens' });
    expect((await say(ana, 'words')).status).toBe(204);
    // What stands there is only replaced, and that adds nothing.
    expect((await say(ana, 'words')).status).toBe(204);
    expect((await say(ana, null)).status).toBe(204);
    expect(await say(ana, 'words')).toMatchObject({ status: 413, body: { code: 'tooLarge' } });
    expect(await list(ana)).toMatchObject({ own: null });
    expect((await say(ana, 'pass')).status).toBe(204);
    expect((await say(ben, 'words')).status).toBe(204);
    expect(await deps.db('words_taken_back').where({ ...place })).toHaveLength(MAX_TAKEN_BACK_PER_SECTION);
  });

  it('facilitators read them when every circle that somebody sits in has shared or passed', async () => {
    const { ana, ben, cem, facilitator, draft, say, list, read } = await setTable();
    await draft(ana, 'debts');
    await say(ana, 'words');
    await say(ben, 'pass');
    expect([await read(facilitator), (await list(facilitator)).isOpen]).toEqual([[], false]);
    await say(cem, 'pass');
    expect([await read(facilitator), (await list(facilitator)).isOpen]).toEqual([[[0, 'debts']], true]);
    await say(cem, null);
    expect([await read(facilitator), (await list(facilitator)).isOpen]).toEqual([[], false]);
  });

  it('others see “shared” or “not yet” in the order of the table, and a pass as “not yet”', async () => {
    const { ana, ben, cem, facilitator, table, draft, say, list } = await setTable();
    await draft(cem, 'late');
    await say(cem, 'words');
    await say(ben, 'pass');
    await draft(ana, 'debts');
    await say(ana, 'words');
    const shared = { circleId: expect.any(String), wordsId: expect.any(String) };
    for (const who of [ana, cem, facilitator]) {
      const { circles } = await list(who);
      expect(circles.map(({ circleId }) => circleId)).toEqual(table.circles);
      expect(circles).toEqual([shared, { circleId: table.circles[1], wordsId: null }, shared]);
    }
    expect((await list(ben)).own).toBe('pass');
  });

  it('a pass changes no byte of what any other circle or the facilitator can get', async () => {
    const { ana, ben, cem, facilitator, documentId, get, draft, say } = await setTable();
    await draft(ana, 'debts');
    await say(ana, 'words');
    const all = () =>
      Promise.all(
        [ana, cem, facilitator].flatMap((who) =>
          ['words', `sections/${SECTION}/words`].map(async (path) =>
            (await get(`/api/documents/${documentId}/${path}`, who)).bytes.toString(),
          ),
        ),
      );
    const before = await all();
    const heard: unknown[] = [];
    const stop = deps.bus.subscribe((message) => heard.push(message));
    await say(ben, 'pass');
    await say(ben, null);
    stop();
    expect(await all()).toEqual(before);
    // Told inside the circle alone.
    expect(heard).toMatchObject([{ circleId: ben.seat.circleId }, { circleId: ben.seat.circleId }]);
  });

  it('are the draft as it was when shared, until the circle shares again; quotes keep naming them', async () => {
    const { ana, ben, documentId, get, draft, say, read } = await setTable();
    const ids = async () => {
      const { body } = await get(`/api/documents/${documentId}/sections/${SECTION}/words`, ana);
      return SectionWords.parse(body).words.map(({ wordsId }) => wordsId);
    };
    await say(ben, 'pass');
    await draft(ana, 'debts');
    await say(ana, 'words');
    const [first] = await ids();
    await draft(ana, 'and fear');
    expect(await read(ben)).toEqual([[0, 'debts']]);
    const friend = await seatedMember(deps, ana.seat.circleId!);
    await say(friend, 'words');
    expect(((await read(ben)) as string[][])[0]![1]!.split('\n').sort()).toEqual(['and fear', 'debts']);
    expect(await ids()).toEqual([first]);
    await say(ana, null);
    await say(ana, 'words');
    expect(await ids()).not.toContain(first);
  });

  it('are the running text alone: a circle’s own lists never leave it', async () => {
    const { ana, documentId, get, post, seen } = await setTable();
    const section = 'keeps-people-safe';
    await writeJoint(deps, ana, documentId, section, 'we walk home together', 'circle');
    await post(`/api/circles/${ana.seat.circleId}/words`, ana, {
      documentId,
      section,
      said: 'words',
      seen: await seen(ana, section),
    });
    const { body } = await get(`/api/documents/${documentId}/sections/${section}/words`, ana);
    const [words] = (body as { words: object[] }).words;
    expect(Object.keys(words!).sort()).toEqual(['blocks', 'circleId', 'wordsId']);
  });

  it('taken back or replaced, they are gone: no row, and no key that could open a copy of it', async () => {
    const { ana, ben, documentId, draft, say, read } = await setTable();
    await say(ben, 'pass');
    await draft(ana, 'CanaryDebts');
    await say(ana, 'words');
    const rows = () =>
      deps.db('shared_words').where({ document_id: documentId, circle_id: ana.seat.circleId! });
    const open = ({ id, version, said_sealed }: Awaited<ReturnType<typeof rows>>[number]) =>
      deps.keyring.open(
        { table: 'shared_words', column: 'said', row: `${id}/${version}`, audience: 'partnership' },
        said_sealed,
      );
    const [first] = await rows();
    expect((await open(first)).toString()).toContain('CanaryDebts');
    expect(Buffer.from(first.said_sealed).toString('latin1')).not.toContain('Canary');
    expect(Object.keys(first).sort()).toEqual(
      ['id', 'document_id', 'section', 'circle_id', 'version', 'key_id', 'said_sealed'].sort(),
    );
    await say(ana, 'words');
    await expect(open(first)).rejects.toThrow(KeyDestroyedError);
    const [second] = await rows();
    await say(ana, null);
    expect(await rows()).toEqual([]);
    await expect(open(second)).rejects.toThrow(KeyDestroyedError);
    expect(await read(ben)).toEqual([]);
  });

  it('whose key was lost on the way stand in nobody’s way, and can be shared again', async () => {
    const { ana, ben, documentId, draft, say, list, read } = await setTable();
    await say(ben, 'pass');
    await draft(ana, 'debts');
    await say(ana, 'words');
    const row = await deps
      .db('shared_words')
      .where({ document_id: documentId, circle_id: ana.seat.circleId! })
      .first();
    await deps.keyring.destroyKey(row.key_id);
    expect([(await list(ana)).own, await read(ben)]).toEqual([null, []]);
    expect((await say(ana, 'words')).status).toBe(204);
    expect(await read(ben)).toEqual([[0, 'debts']]);
  });

  it('there is nothing to share where nothing is written, and nothing is lost by asking', async () => {
    const { ana, draft, say, list, read } = await setTable();
    expect(await say(ana, 'words')).toMatchObject({ status: 409, body: { code: 'notNow' } });
    await draft(ana, '  ');
    expect(await say(ana, 'words')).toMatchObject({ status: 409 });
    expect((await list(ana)).own).toBeNull();
    await draft(ana, 'debts');
    await say(ana, 'words');
    expect(await read(ana)).toEqual([[0, expect.stringContaining('debts')]]);
  });

  it('are what the person saw: a page that changed meanwhile is not shared, and what was shared before stays', async () => {
    const { ana, ben, draft, seen, say, read } = await setTable();
    const circle = ana.seat.circleId;
    await say(ben, 'pass');
    await draft(ana, 'debts');
    const looked = await seen(ana);
    const friend = await seatedMember(deps, circle!);
    await draft(friend, 'and a name that must stay inside');
    const refused = { status: 409, body: { code: 'notNow' } };
    expect(await say(ana, 'words', circle, { seen: looked })).toMatchObject(refused);
    expect(await say(ana, 'words', circle, { seen: undefined })).toMatchObject(refused);
    expect(await read(ben)).toEqual([]);
    expect((await say(ana, 'words')).status).toBe(204);
    const shared = await read(ben);
    await draft(friend, 'more');
    expect(await say(friend, 'words', circle, { seen: looked })).toMatchObject(refused);
    expect(await read(ben)).toEqual(shared);
  });

  it('only members say them, of their own circle, in their own partnership; all else does not exist', async () => {
    const { ana, ben, facilitator, documentId, get, post, say, draft } = await setTable();
    await draft(ana, 'debts');
    const elsewhere = await setTable();
    for (const who of [ben, facilitator, elsewhere.ana])
      expect(await say(who, 'words', ana.seat.circleId)).toMatchObject({
        status: 404,
        body: { code: 'notFound' },
      });
    const path = `/api/circles/${ana.seat.circleId}/words`;
    for (const body of [
      { documentId: elsewhere.documentId, section: SECTION, said: 'pass' },
      { documentId, section: 'no-such-section', said: 'pass' },
    ])
      expect(await post(path, ana, body)).toMatchObject({ status: 404, body: { code: 'notFound' } });
    expect(await post(path, ana, { documentId, section: SECTION, said: 'maybe' })).toMatchObject({
      status: 400,
    });
    for (const path of ['words', `sections/${SECTION}/words`])
      expect((await get(`/api/documents/${documentId}/${path}`, elsewhere.ana)).status).toBe(404);
  });

  it('when many in a circle share at once, one version stands and it can be opened', async () => {
    const { ana, draft, say, read } = await setTable();
    await draft(ana, 'debts');
    const friends = [
      ana,
      await seatedMember(deps, ana.seat.circleId!),
      await seatedMember(deps, ana.seat.circleId!),
    ];
    const answers = await Promise.all(friends.flatMap((who) => [say(who, 'words'), say(who, 'words')]));
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 204));
    expect(await read(ana)).toEqual([[0, 'debts']]);
  });
});

import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { CanonicalBlock } from '@longtable/shared/documents/canonical';
import { appendBlocks } from '@longtable/shared/documents/model/blocks';
import type { WordsId } from '@longtable/shared/ids';
import { CircleQuotes, DocumentWords, SectionWords } from '@longtable/shared/protocol/http/words';
import { describeEachBackend } from '../../testing/backends.ts';
import type { TestPerson } from '../../testing/factories.ts';
import { type TestServer, startTestServer } from '../../testing/http-client.ts';
import { seenBy, setRoundTable, writeIn } from '../../testing/rounds.ts';
import { type TestDeps, createTestDeps } from '../../testing/test-deps.ts';
import type { KeyId } from '../../platform/keyring.ts';
import { agreementRecord } from '../rounds/record.service.ts';

jest.setTimeout(30_000);

/** Without a star, so that nothing has to be marked first. */
const SECTION = 'who-is-at-risk';
const OTHER = 'why';

describeEachBackend('quotes of own words', (backend) => {
  let deps: TestDeps;
  let server: TestServer;
  beforeAll(async () => {
    deps = createTestDeps(backend.db);
    server = await startTestServer(deps);
  });
  afterAll(() => server.close());

  /** Ana's circle has shared, and its words stand in two joint sections. */
  const setTable = async () => {
    const base = await setRoundTable(deps, server, 2);
    const { documentId, get, post, table } = base;
    const [ana, ben] = base.members as [TestPerson, TestPerson];
    const say = (said: 'words' | 'pass' | null, more: object = {}) =>
      post(`/api/circles/${ana.seat.circleId}/words`, ana, { documentId, section: SECTION, said, ...more });
    const share = async () => say('words', { seen: await seenBy(deps, ana, documentId, SECTION) });
    const write = (
      who: TestPerson,
      section: string,
      audience: 'partnership' | 'circle',
      blocks: readonly CanonicalBlock[],
    ) => writeIn(deps, who, { documentId, section, audience }, (doc) => appendBlocks(doc, blocks));
    const quote = (section: string, cites: string, text: string) =>
      write(ben, section, 'partnership', [
        { kind: 'quote', cites, runs: [{ text }] },
        { kind: 'paragraph', runs: [{ text: 'and so we plan' }] },
      ]);
    const quotes = async (who = ana) => {
      const answer = await get(`/api/circles/${who.seat.circleId}/quotes`, who);
      return CircleQuotes.parse(answer.body).rooms.map(({ wordsId, isTakenBack, count, isFixed }) => ({
        wordsId,
        isTakenBack,
        count,
        isFixed,
      }));
    };
    const exported = async (who: TestPerson = ben) =>
      (await get(`/api/documents/${documentId}/export?format=md`, who)).bytes.toString();
    const agree = async () => {
      const round = await base.open([SECTION]);
      await base.move(round, 'object');
      for (const member of base.members) await base.say(round, member, SECTION, 'consent');
      await post(`/api/rounds/${round}/close`, table.facilitator);
      const document = { id: documentId, kind: 'definition' as const, partnershipId: table.id };
      const record = (await agreementRecord(deps, document)).find(
        ({ content }) => content.section === SECTION,
      );
      return record!.agreement!.hash;
    };
    await write(ana, SECTION, 'circle', [{ kind: 'paragraph', runs: [{ text: 'CanaryDebts' }] }]);
    await share();
    const { body } = await get(`/api/documents/${documentId}/sections/${SECTION}/words`, ana);
    const id = SectionWords.parse(body).words[0]!.wordsId;
    await quote(SECTION, id, 'CanaryDebts');
    return { ...base, ana, ben, id, say, quote, quotes, exported, agree };
  };

  it('are found in every joint section that cites them, by the circle whose words they are and nobody else', async () => {
    const { ana, ben, facilitator, id, get, quote, quotes, open } = await setTable();
    await quote(OTHER, id, 'CanaryDebts');
    await quote(OTHER, id, 'CanaryDebts');
    await open([SECTION]);
    const here = { wordsId: id, isTakenBack: false };
    expect(await quotes()).toEqual(
      expect.arrayContaining([
        { ...here, count: 1, isFixed: true },
        { ...here, count: 2, isFixed: false },
      ]),
    );
    expect(await quotes(ben)).toEqual([]);
    for (const who of [ben, facilitator])
      expect((await get(`/api/circles/${ana.seat.circleId}/quotes`, who)).status).toBe(404);
  });

  it('still stand after their words were taken back, where they could not be changed; whose they are is not forgotten', async () => {
    const { ana, ben, id, documentId, get, say, quotes } = await setTable();
    expect((await say(null)).status).toBe(204);
    const isTold = async (who: TestPerson) => {
      const { sections } = DocumentWords.parse((await get(`/api/documents/${documentId}/words`, who)).body);
      return sections.filter(({ hasTakenBack }) => hasTakenBack).map(({ section }) => section);
    };
    expect([await isTold(ana), await isTold(ben)]).toEqual([[SECTION], []]);
    expect(await quotes()).toEqual([{ wordsId: id, isTakenBack: true, count: 1, isFixed: false }]);
    expect(await quotes(ben)).toEqual([]);
  });

  it('stay as they are, and are nobody’s, where the circle lets them stand', async () => {
    const { say, quotes, exported } = await setTable();
    await say(null, { keepQuotes: true });
    expect(await quotes()).toEqual([]);
    expect(await exported()).toContain('CanaryDebts');
  });

  it('are a gap in exports once their words are taken back, also in what circles agreed to; the hash stays and the record says so', async () => {
    const { say, exported, agree } = await setTable();
    const hash = await agree();
    const before = await exported();
    expect(before).toContain('CanaryDebts');
    expect(before).not.toContain('Words were taken back');
    await say(null);
    const after = await exported();
    expect(after).not.toContain('CanaryDebts');
    expect(after).toContain('Words were taken back here.');
    expect(after).toContain('and so we plan');
    expect(after).toContain(hash);
    expect(after).toContain('Words were taken back after circles had agreed to them.');
    // Nobody has changed anything: the section is agreed as it was.
    expect(after).not.toContain('Newer words');
  });

  it('of words passed on after all are taken back as well', async () => {
    const { say, exported } = await setTable();
    await say('pass');
    expect(await exported()).not.toContain('CanaryDebts');
  });

  it('leave nothing of the words behind that were taken back, and nobody’s seat or day', async () => {
    const { id, documentId, ana, say } = await setTable();
    await say(null);
    expect(await deps.db('words_taken_back').where({ id: id as WordsId })).toEqual([
      { id, document_id: documentId, section: SECTION, circle_id: ana.seat.circleId },
    ]);
  });

  it('R25 are asked to be forgotten by every joint room that quotes them, unless they may stand', async () => {
    const { documentId, id, quote, say } = await setTable();
    const asked = async () =>
      (await deps
        .db('rooms')
        .where({ document_id: documentId })
        .whereNotNull('forgets')
        .orderBy('section')
        .select('section', 'circle_id', 'forgets')) as unknown[];
    await quote(OTHER, id, 'CanaryDebts');
    expect(await asked()).toEqual([]);
    await say(null);
    expect(await asked()).toEqual(
      [SECTION, OTHER].sort().map((section) => ({ section, circle_id: null, forgets: [id] })),
    );

    const kept = await setTable();
    await kept.say(null, { keepQuotes: true });
    const where = { document_id: kept.documentId };
    expect(await deps.db('rooms').where(where).whereNotNull('forgets').first()).toBeUndefined();
  });

  it('R28 can be taken back while a room that may quote them cannot be opened, and are forgotten there too', async () => {
    const { documentId, id, say } = await setTable();
    const where = { document_id: documentId, section: SECTION, circle_id: null };
    const { key_id } = (await deps.db('rooms').where(where).first('key_id')) as { key_id: KeyId };
    await deps.keyring.destroyKey(key_id);
    expect((await say(null)).status).toBe(204);
    expect(await deps.db('rooms').where(where).first('forgets')).toEqual({ forgets: [id] });
  });
});

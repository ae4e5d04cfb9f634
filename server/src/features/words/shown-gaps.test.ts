import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import type { CanonicalSection } from '@longtable/shared/documents/canonical';
import { withGaps } from '@longtable/shared/documents/gaps';
import { appendBlocks, leaveGaps } from '@longtable/shared/documents/model/blocks';
import type { RoomId } from '@longtable/shared/ids';
import { SectionDifference } from '@longtable/shared/protocol/http/difference';
import { CatchUp } from '@longtable/shared/protocol/http/here';
import { PinnedVersion } from '@longtable/shared/protocol/http/rounds';
import { Standing } from '@longtable/shared/protocol/http/standing';
import { SectionWords } from '@longtable/shared/protocol/http/words';
import * as Y from 'yjs';
import { describeEachBackend } from '../../testing/backends.ts';
import { seatedMember, type TestPerson } from '../../testing/factories.ts';
import { type TestServer, startTestServer } from '../../testing/http-client.ts';
import { seenBy, setRoundTable, writeIn } from '../../testing/rounds.ts';
import { type TestDeps, createTestDeps } from '../../testing/test-deps.ts';
import { createKnexUpdateStore } from '../rooms/knex-update-store.ts';

jest.setTimeout(30_000);

/** Without a star, so that nothing has to be marked first. */
const SECTION = 'who-is-at-risk';

describeEachBackend('words taken back, where circles have agreed to them', (backend) => {
  let deps: TestDeps;
  let server: TestServer;
  beforeAll(async () => {
    deps = createTestDeps(backend.db);
    server = await startTestServer(deps);
  });
  afterAll(() => server.close());

  /** Words of Ana's circle open a section that is agreed; `last`: they end it as well. */
  const setTable = async ({ last = false } = {}) => {
    const base = await setRoundTable(deps, server, 2);
    const { documentId, get, post, table } = base;
    const [ana, ben] = base.members as [TestPerson, TestPerson];
    const place = { documentId, section: SECTION };
    const together = { ...place, audience: 'partnership' as const };
    const said = { kind: 'paragraph' as const, runs: [{ text: 'CanaryDebts' }] };
    await writeIn(deps, ana, { ...place, audience: 'circle' }, (doc) => appendBlocks(doc, [said]));
    const words = `/api/circles/${ana.seat.circleId}/words`;
    const seen = await seenBy(deps, ana, documentId, SECTION);
    await post(words, ana, { ...place, said: 'words', seen });
    const { body } = await get(`/api/documents/${documentId}/sections/${SECTION}/words`, ana);
    const id = SectionWords.parse(body).words[0]!.wordsId;
    const quote = { ...said, kind: 'quote' as const, cites: id };
    const plan = { kind: 'paragraph' as const, runs: [{ text: 'And so we plan.' }] };
    await writeIn(deps, ben, together, (doc) => {
      appendBlocks(doc, last ? [quote, plan, quote] : [quote, plan]);
    });
    const round = await base.open([SECTION]);
    await base.move(round, 'object');
    for (const member of base.members) await base.say(round, member, SECTION, 'consent');
    await post(`/api/rounds/${round}/close`, table.facilitator);

    /** Of what stands there, so that what is appended comes last. */
    const change = async (who: TestPerson, edit: (doc: Y.Doc) => void) => {
      const where = { document_id: documentId, section: SECTION, circle_id: null };
      const { id: room } = (await deps.db('rooms').where(where).first()) as { id: RoomId };
      const { tail } = (await createKnexUpdateStore(deps).load(room))!;
      await writeIn(deps, who, together, (doc) => {
        for (const { bytes } of tail) Y.applyUpdate(doc, bytes);
        edit(doc);
      });
    };
    const standing = async () => {
      const answer = await get(`/api/partnerships/${table.id}/standing`, ben);
      const { documents } = Standing.parse(answer.body);
      return documents
        .find((each) => each.id === documentId)!
        .sections.find(({ section }) => section === SECTION)!;
    };
    return {
      ...base,
      ana,
      ben,
      id,
      takeBack: () => post(words, ana, { ...place, said: null }),
      leaveGap: () => change(ana, (doc) => leaveGaps(doc, id)),
      writeMore: (text: string) =>
        change(ben, (doc) => appendBlocks(doc, [{ kind: 'paragraph', runs: [{ text }] }])),
      standing,
      difference: async () =>
        SectionDifference.parse(
          (await get(`/api/documents/${documentId}/sections/${SECTION}/difference`, ben)).body,
        ),
      version: async () =>
        PinnedVersion.parse((await get(`/api/rounds/${round}/sections/${SECTION}/version`, ben)).body),
    };
  };

  it('are told to nobody who comes later', async () => {
    const { table, ben, get, takeBack } = await setTable();
    const catchUp = async (who: TestPerson) => {
      const { lines } = CatchUp.parse((await get(`/api/partnerships/${table.id}/catch-up`, who)).body);
      return lines.flatMap((line) => (line.line === 'words' ? [line.text] : []));
    };
    expect(await catchUp(ben)).toEqual(['CanaryDebts']);
    await takeBack();
    expect(await catchUp(await seatedMember(deps, ben.seat.circleId!))).toEqual(['And so we plan.']);
  });

  it('are a gap in drafts that could not be changed then, for whoever comes later', async () => {
    const { table, ben, get, takeBack, open } = await setTable();
    await open([SECTION]);
    await takeBack();
    const { bytes } = await get(`/api/partnerships/${table.id}/catch-up`, ben);
    expect(bytes.toString()).not.toContain('CanaryDebts');
  });

  it.each([{ last: false }, { last: true }])(
    'change nothing of what is agreed, before and after the joint text has its gap ($last)',
    async (where) => {
      const { takeBack, leaveGap, writeMore, standing } = await setTable(where);
      await leaveGap();
      expect(await standing()).toMatchObject({ standing: 'changed', hasChanged: true });
      await takeBack();
      expect(await standing()).toMatchObject({ standing: 'agreed', hasChanged: false });
      await writeMore('And more.');
      expect(await standing()).toMatchObject({ standing: 'changed', hasChanged: true });
    },
  );

  it.each([{ last: false }, { last: true }])(
    'are not struck through in what has changed since ($last)',
    async (where) => {
      const { takeBack, leaveGap, writeMore, difference } = await setTable(where);
      await takeBack();
      expect(JSON.stringify(await difference())).not.toContain('CanaryDebts');
      await leaveGap();
      const alone = await difference();
      expect(alone).toMatchObject({ text: [{ kind: 'same', text: '\nAnd so we plan.' }], isFormOnly: false });
      await writeMore('And more.');
      const more = await difference();
      expect(JSON.stringify(more)).not.toContain('CanaryDebts');
      expect(more.text.filter(({ kind }) => kind === 'removed')).toEqual([]);
      const added = more.text.filter(({ kind }) => kind === 'added').map(({ text }) => text);
      expect(added.join('').trim()).toBe('And more.');
    },
  );

  it('stay in the version as proof, which names them, so that they are shown as a gap', async () => {
    const { id, takeBack, version } = await setTable();
    expect((await version()).takenBack).toEqual([]);
    await takeBack();
    const { canonical, takenBack } = await version();
    expect(canonical).toContain('CanaryDebts');
    expect(takenBack).toEqual([id]);
    const shown = withGaps(JSON.parse(canonical) as CanonicalSection, new Set(takenBack));
    expect(JSON.stringify(shown)).not.toContain('CanaryDebts');
    expect(JSON.stringify(shown)).toContain('And so we plan.');
  });

  it('are named by no version that does not quote them', async () => {
    const { ana, ben, open, get, takeBack } = await setTable();
    const other = await open(['who-must-act']);
    await takeBack();
    for (const who of [ana, ben]) {
      const { body } = await get(`/api/rounds/${other}/sections/who-must-act/version`, who);
      expect(PinnedVersion.parse(body).takenBack).toEqual([]);
    }
  });
});

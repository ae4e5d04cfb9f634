import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { writeSection } from '@longtable/shared/documents/model/write-section';
import { sectionOf } from '@longtable/shared/documents/templates/templates';
import { loadMessages } from '@longtable/shared/locales/messages';
import { CircleKind, Joined } from '@longtable/shared/protocol/http/circles';
import { openTestPglite } from '../../testing/backends.ts';
import { readParts } from '../../testing/exports/read-docx.ts';
import { canReadPdf, pdfInfo, pdfText } from '../../testing/exports/read-pdf.ts';
import { seatedMember, type TestPerson, waitingPerson } from '../../testing/factories.ts';
import { type Device, type TestServer, startTestServer } from '../../testing/http-client.ts';
import { setRoundTable, writeIn, writeJoint } from '../../testing/rounds.ts';
import { type TestDeps, createTestDeps } from '../../testing/test-deps.ts';
import { instantIn } from '../../testing/watched-circle.ts';
import { mintCode } from '../circles/codes.service.ts';

/** Each test sits a table of six and makes many files, each in a process of its own: on a busy machine, minutes. */
jest.setTimeout(240_000);

const PLAIN = 'who-is-at-risk';
const TASKS = 'what-we-will-do';
const FORMATS = ['md', 'docx', 'pdf'] as const;

/** In names, at the door, in a circle's own rooms and kind, and in a worry that stays inside. */
const CANARY = /Canary|\bLE\b|allAgree|Everyone in the circle/;
const LOCALES = ['en', 'ar'] as const;

if (!canReadPdf)
  it.skip('outsiders: what a PDF says (skipped: install poppler-utils for pdftotext)', () => {});

/** On one database: that a file is the same on every other is for exports.test.ts to say. */
describe('what an outsider can get from a file', () => {
  let database: Awaited<ReturnType<typeof openTestPglite>>;
  let deps: TestDeps;
  let server: TestServer;
  beforeAll(async () => {
    database = await openTestPglite();
    deps = createTestDeps(database.db);
    server = await startTestServer(deps);
  });
  afterAll(async () => {
    await server.close();
    await database.close();
  });

  /** A watched circle of three, somebody at its door, words of its own, and a section that three circles agree to. */
  const setTable = async () => {
    const base = await setRoundTable(deps, server, 3);
    const { table, documentId, members, post, say, heard } = base;
    const [watched] = table.circles;
    const member = await seatedMember(deps, watched!, { picture: 'boat', name: 'CanaryMember' });
    const friend = await seatedMember(deps, watched!, { picture: 'leaf', name: 'CanaryFriend' });
    const knocking = await waitingPerson(deps, watched!, { picture: 'drum', name: 'CanaryAtTheDoor' });
    const insiders = [members[0]!, member, friend];
    await server.newDevice().patch(`/api/circles/${watched}`, {
      seat: member.seat.id,
      headers: { cookie: member.cookie },
      body: { name: 'River', kind: 'LE' },
    });
    await post(`/api/circles/${watched}/support`, member, {
      support: { kind: 'text', text: 'CanarySupport' },
    });
    await post(`/api/circles/${watched}/rule`, member, { rule: 'allAgree' });
    await heard(member, 'why', 'notSafe');

    const plan = table.documents.plan;
    const rows = { activity: 'Cook together', 'lead-circle': 'Hill', end: '2027-03-01' };
    const content = { blocks: [], fields: [{ key: 'activities', kind: 'rows' as const, rows: [rows] }] };
    await writeIn(deps, members[1]!, { documentId: plan, section: TASKS, audience: 'partnership' }, (doc) =>
      writeSection(doc, sectionOf('plan', TASKS), 'partnership', content),
    );
    await writeJoint(deps, member, plan, TASKS, 'CanaryPlan', 'circle');
    await writeJoint(deps, members[1]!, documentId, PLAIN, 'What we all say.');
    await writeJoint(deps, member, documentId, PLAIN, 'CanaryWords', 'circle');
    const round = await base.open([PLAIN]);
    await base.move(round, 'object');

    /** All members of the watched circle answer, with a worry that is to stay among them. */
    const answerInside = async () => {
      for (const who of insiders)
        expect((await say(round, who, PLAIN, 'concern', { reason: 'CanaryReason' })).status).toBe(204);
    };
    const paths = [
      ...FORMATS.map((format) => `/api/documents/${documentId}/export?format=${format}`),
      ...FORMATS.map((format) => `/api/documents/${plan}/export?format=${format}`),
      ...FORMATS.map((format) => `/api/documents/${plan}/export?format=${format}&part=who-does-what`),
    ];
    const files = async ({ cookie, seat }: TestPerson, asked: readonly string[] = paths) => {
      const device = server.newDevice();
      device.cookies.set('lt', cookie.slice('lt='.length));
      return filesOf(device, asked, seat.id);
    };
    return { ...base, insiders, knocking, paths, files, round, answerInside };
  };

  it('is the same, byte for byte, whoever asks and whether a circle has answered or not', async () => {
    const { documentId, members, facilitator, insiders, paths, files, answerInside } = await setTable();
    // The round is over the definition; of the plan, its words are enough.
    const telling = paths.filter((path) => path.includes(documentId) || path.includes('format=md'));
    const before = await files(members[1]!, telling);
    expect([...before.keys()].every((path) => path.endsWith(' 200'))).toBe(true);
    await answerInside();
    const texts = paths.filter((path) => path.includes('format=md'));
    const after = [
      await files(members[1]!, telling),
      await files(facilitator, texts),
      await files(insiders[1]!, texts),
    ];
    for (const seen of after)
      for (const [path, bytes] of seen) expect([path, before.get(path)?.equals(bytes)]).toEqual([path, true]);
  });

  it('names no member, kind, support, seat, hour, own word or inner worry, in any format', async () => {
    const { members, insiders, knocking, files, paths, say, round, answerInside } = await setTable();
    const kinds = await kindsInWords();
    await answerInside();
    for (const who of members.slice(1)) await say(round, who, PLAIN, 'consent');
    const texts = new Map<string, string>();
    const arabic = paths.filter((path) => /format=(md|docx)/.test(path)).map((path) => `${path}&locale=ar`);
    for (const [path, bytes] of await files(members[1]!, [...paths, ...arabic])) {
      expect(path).toMatch(/ 200$/);
      texts.set(path, await textOf(path, bytes));
    }
    const all = [...texts.values()].join('\n');
    // What is everybody's is there, so that these are the files that we mean.
    for (const said of ['River', 'What we all say.', 'Cook together', 'Agreement record'])
      expect(all).toContain(said);
    for (const [path, text] of texts) {
      expect([path, CANARY.exec(text)?.[0]]).toEqual([path, undefined]);
      expect([path, kinds.find((kind) => text.includes(kind))]).toEqual([path, undefined]);
      expect([path, instantIn(text, [deps.clock.nowMs(), Date.now()])]).toEqual([path, null]);
      for (const { seat } of [...insiders, knocking, ...members])
        expect([path, text.includes(seat.id)]).toEqual([path, false]);
    }
  });

  it('is nothing for a seat that is locked on a shared phone, and no more for whoever has it now', async () => {
    const { table, members, paths, files } = await setTable();
    const phone = server.newDevice();
    const join = async (circle: (typeof table.circles)[number], picture: string) => {
      const { code } = await mintCode(deps, circle, { uses: 1, days: 1 }, false);
      const body = { code, handle: { picture }, locale: 'en' };
      return Joined.parse((await phone.post('/api/join', { body })).body).seatId;
    };
    const letIn = (circle: string, seat: string, { cookie, seat: by }: TestPerson) =>
      server.newDevice().post(`/api/circles/${circle}/door/${seat}`, {
        seat: by.id,
        headers: { cookie },
        body: { letIn: true },
      });
    const locked = await join(table.circles[0]!, 'kite');
    await letIn(table.circles[0]!, locked, members[0]!);
    await phone.post('/api/phone/pin', { body: { pin: '4931' } });
    expect((await phone.post('/api/phone/someone', { body: { pin: '80267' } })).status).toBe(204);
    const holder = await join(table.circles[1]!, 'drum');
    await letIn(table.circles[1]!, holder, members[1]!);

    const texts = paths.filter((path) => path.includes('format=md'));
    const asHolder = await filesOf(phone, texts, holder);
    const theirs = await files(members[1]!, texts);
    for (const [path, bytes] of theirs)
      expect([path, asHolder.get(path)?.equals(bytes)]).toEqual([path, true]);
    for (const path of (await filesOf(phone, paths, locked)).keys()) expect(path).toMatch(/ 404$/);
    await phone.post('/api/phone/pass');
    for (const seat of [locked, holder])
      for (const path of (await filesOf(phone, paths, seat)).keys()) expect(path).toMatch(/ 40[14]$/);
  });
});

async function filesOf(device: Device, paths: readonly string[], seat: TestPerson['seat']['id']) {
  const answers = await Promise.all(paths.map((path) => device.get(path, { seat })));
  return new Map(answers.map(({ status, bytes }, index) => [`${paths[index]} ${status}`, bytes]));
}

/** What a reader would be told of any kind, in every language. */
async function kindsInWords(): Promise<string[]> {
  const messages = await Promise.all(LOCALES.map(loadMessages));
  const words = messages.flatMap((each) => CircleKind.options.map((kind) => each[`group.${kind}`]));
  return words.map((word) => {
    if (!word) throw new Error('a kind has no words');
    return word;
  });
}

/** All that can be read in a file: every part of a Word file, every stream, the text and the properties of a PDF. */
async function textOf(path: string, bytes: Buffer): Promise<string> {
  if (path.includes('format=docx')) return [...(await readParts(bytes)).values()].join('\n');
  if (path.includes('format=md')) return bytes.toString('utf8');
  return canReadPdf ? [pdfText(bytes), pdfInfo(bytes)].join('\n') : '';
}

import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeEachBackend } from '../../testing/backends.ts';
import { seatedMember, type TestPerson } from '../../testing/factories.ts';
import { type Answer, type TestServer, startTestServer } from '../../testing/http-client.ts';
import { partnerCalls, statement } from '../../testing/partners.ts';
import { type TestDeps, createTestDeps } from '../../testing/test-deps.ts';
import { setWatchedTable, STARRED } from '../../testing/watched-circle.ts';

/** Each test sits a table of six and does everything several times. */
const SLOW_MS = 60_000;

/** Of circles that are not one's own: the facilitator asks whether one is still there, and every other circle answers. */
const OF_OTHERS = [
  'post /api/circles/{circleId}/anew',
  'delete /api/circles/{circleId}/anew',
  'post /api/circles/{circleId}/anew/agreement',
];

/** Speaks of the device that asks, and of no seat: the last ones end its session. */
const OF_DEVICE = [
  'post /api/partnerships',
  'post /api/device',
  'post /api/join',
  'post /api/return',
  'post /api/askings',
  'post /api/askings/open',
  'post /api/askings/{partnerId}/seat',
  'delete /api/askings/{partnerId}',
  'post /api/phone/pin',
  'post /api/phone/someone',
  'post /api/phone/open',
  'post /api/phone/pass',
  'post /api/leave',
];

const sortedBy = (order: readonly string[]) => (one: { key: string }, other: { key: string }) =>
  order.indexOf(one.key) - order.indexOf(other.key);

describeEachBackend('what an outsider can do', (backend) => {
  let deps: TestDeps;
  let server: TestServer;
  beforeAll(async () => {
    deps = createTestDeps(backend.db);
    server = await startTestServer(deps);
  });
  afterAll(() => server.close());

  /** The watched table with a note of the circle, an organisation that asks, and whatever can be done there. */
  const setTable = async () => {
    const base = await setWatchedTable(deps, server);
    const { documentId, insiders, knocking, code, facilitator, table, described } = base;
    const note = await base.putNote(insiders[1]!);
    const calls = partnerCalls(server, table.id);
    const invited = (await calls.invite(facilitator)).body as { partnerId: string; code: string };
    await calls.send(server.newDevice(), invited.code);
    await calls.answer(insiders[1]!, invited.partnerId, 'notYet', 'CanaryReason');
    const ids = {
      seatId: knocking.seat.id as string,
      codeId: code.id as string,
      noteId: note.id,
      partnerId: invited.partnerId,
    };
    /** What any operation wants; each takes what is its own. */
    const asked = {
      ...{
        documentId,
        section: STARRED,
        sections: [STARRED],
        version: 1,
        position: 'consent',
        phase: 'react',
      },
      ...{ name: 'Hill', handle: { picture: 'kite' }, locale: 'en', locales: ['en'], title: 'Elsewhere' },
      ...{ template: 'full', circles: 1, uses: 1, days: 1, letIn: true, agrees: true, said: 'pass' },
      ...{ rule: 'speaker', mark: 'spoke', answer: 'yes', statement, pin: '4931', code: code.code },
      ...{
        cards: 1,
        paper: 'a4',
        id: randomUUID(),
        text: 'we ask',
        support: { kind: 'seat', seatId: insiders[1]!.seat.id },
      },
      takeBack: randomBytes(32).toString('base64url'),
    };
    const particular: Record<string, object> = {
      'patch /api/circles/{circleId}': { kind: 'AR' },
      'post /api/ways-back': { kind: 'card' },
      'post /api/rounds/{roundId}/sections/{section}/notes': { kind: 'question' },
      'post /api/rounds/{roundId}/sections/{section}/notes/{noteId}/mark': { mark: null },
      // No such code: the circle's own would open its door.
      'post /api/join': { code: 'ZZZZ-ZZZZ' },
      'post /api/askings': { code: 'ZZZZ-ZZZZ' },
      'post /api/askings/open': { code: 'ZZZZ-ZZZZ' },
    };
    const acts = described
      .filter(({ method }) => method !== 'get')
      .map((operation) => ({ ...operation, key: `${operation.method} ${operation.path}` }));
    const act = async (
      { key, method, path }: (typeof acts)[number],
      { cookie, seat }: { cookie: string; seat: { id: string } },
      { at = {}, body }: { at?: Record<string, string>; body?: object } = {},
    ): Promise<Answer> => {
      const whole = { ...asked, ...particular[key], ...body };
      const asking = { seat: seat.id as TestPerson['seat']['id'], headers: { cookie } };
      const options = method === 'delete' ? asking : { ...asking, body: whole };
      const call = method as 'post' | 'patch' | 'delete';
      const answer = await server.newDevice()[call](base.fill(path, { ...ids, ...at }), options);
      // Else only the form of what was sent is tried, and never who may.
      if (!body) expect([key, answer.status]).not.toEqual([key, 400]);
      return answer;
    };
    return { ...base, ids, acts, act };
  };

  const said = ({ status, bytes, headers }: Answer) => [
    status,
    bytes.toString('utf8'),
    headers['set-cookie'],
  ];

  it(
    'is answered alike for what is the watched circle’s and for what does not exist, and changes nothing inside',
    async () => {
      const { acts, act, outsiders, insiders, theirs, getAll } = await setTable();
      const inside = await getAll(insiders[1]!);
      const ofCircles = acts.filter(({ path, key }) => /\{circleId\}/.test(path) && !OF_OTHERS.includes(key));
      expect(ofCircles.length).toBeGreaterThan(10);
      for (const who of Object.values(outsiders)) {
        for (const each of ofCircles) {
          const nowhere = await act(each, who, { at: { circleId: randomUUID() } });
          expect([each.key, said(await act(each, who))]).toEqual([each.key, said(nowhere)]);
        }
      }
      // In one's own circle, and so let in, with what is the watched circle's: someone at its door, a code, a note.
      const member = outsiders['member of another circle'];
      for (const name of ['seatId', 'codeId', 'noteId']) {
        const naming = acts.filter(({ path }) => path.includes(`{${name}}`) && !/mark$/.test(path));
        expect([name, naming.length > 0]).toEqual([name, true]);
        for (const each of naming) {
          const own = { circleId: theirs };
          const nowhere = await act(each, member, { at: { ...own, [name]: randomUUID() } });
          expect([each.key, said(await act(each, member, { at: own }))]).toEqual([each.key, said(nowhere)]);
        }
      }
      const support = acts.find(({ path }) => path.endsWith('/support'))!;
      const chosen = (seatId: string) =>
        act(support, member, { at: { circleId: theirs }, body: { support: { kind: 'seat', seatId } } });
      expect(said(await chosen(insiders[1]!.seat.id))).toEqual(said(await chosen(randomUUID())));
      expect(await getAll(insiders[1]!)).toEqual(inside);
    },
    SLOW_MS,
  );

  it(
    'is answered alike for a seat of the watched circle and for one that does not exist',
    async () => {
      const { acts, act, outsiders, insiders, knocking } = await setTable();
      const bySeat = acts.filter(({ key }) => !OF_DEVICE.includes(key));
      for (const { cookie } of Object.values(outsiders))
        for (const each of bySeat) {
          const nowhere = said(await act(each, { cookie, seat: { id: randomUUID() } }));
          for (const { seat } of [insiders[1]!, knocking])
            expect([each.key, said(await act(each, { cookie, seat }))]).toEqual([each.key, nowhere]);
        }
    },
    SLOW_MS,
  );

  it(
    'is answered without a word about the watched circle, whatever may be done',
    async () => {
      const { acts, act, outsiders, watched, insiders, leakIn, table, post, code } = await setTable();
      // Those that end a seat come last.
      const last = ['delete /api/seat', ...OF_DEVICE];
      for (const each of acts.sort(sortedBy(last)))
        for (const who of Object.values(outsiders)) {
          const answer = await act(each, who);
          const text = JSON.stringify([answer.bytes.toString('utf8'), answer.headers['set-cookie'] ?? '']);
          expect([each.key, leakIn(text)]).toEqual([each.key, null]);
          expect([each.key, text.includes(watched)]).toEqual([each.key, false]);
        }
      // What opened its door is as one that never did.
      await server.newDevice().delete(`/api/circles/${watched}/codes/${code.id}`, {
        seat: insiders[1]!.seat.id,
        headers: { cookie: insiders[1]!.cookie },
      });
      const fresh = await seatedMember(deps, table.circles[2]!);
      const join = (text: string) =>
        post('/api/join', fresh, { code: text, handle: { picture: 'kite' }, locale: 'en' });
      expect(said(await join(code.code))).toEqual(said(await join('ZZZZ-ZZZZ')));
    },
    SLOW_MS,
  );

  it('has every operation of the device in its place', async () => {
    const { acts } = await setTable();
    for (const key of [...OF_OTHERS, ...OF_DEVICE]) expect(acts.map((each) => each.key)).toContain(key);
  });
});

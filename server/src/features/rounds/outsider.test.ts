import { randomBytes, randomUUID } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { CONTENT_VERSION } from '@longtable/shared/documents/model/version';
import type { ClientEvents, ServerEvents } from '@longtable/shared/protocol/socket/events';
import { PROTOCOL_VERSION } from '@longtable/shared/protocol/version';
import { io, type Socket } from 'socket.io-client';
import { attachSockets } from '../../app-sockets.ts';
import { createLogger } from '../../platform/logger.ts';
import { describeEachBackend } from '../../testing/backends.ts';
import { seatedMember, type TestPerson, waitingPerson } from '../../testing/factories.ts';
import { type TestServer, startTestServer } from '../../testing/http-client.ts';
import { setRoundTable, writeJoint } from '../../testing/rounds.ts';
import { type TestDeps, createTestDeps } from '../../testing/test-deps.ts';

/** Each test sits a table of six and asks for everything several times. */
const SLOW_MS = 30_000;

type ClientSocket = Socket<ServerEvents, ClientEvents>;

const PLAIN = 'who-is-at-risk';
const STARRED = 'why';
const CANARIES = [
  'CanaryMember',
  'CanaryFriend',
  'CanaryAtTheDoor',
  'CanarySupport',
  'CanaryReason',
  'CanaryWords',
];

/** An instant: an hour in a text, or milliseconds since 1970, which digits within a hash are not. */
const INSTANT = /\d{2}:\d{2}:\d{2}|(?<![\da-z])\d{13}(?![\da-z])/i;

describeEachBackend('what an outsider can get', (backend) => {
  let deps: TestDeps;
  let server: TestServer;
  let live: http.Server;
  let sockets: { close(): Promise<void> };
  const opened: ClientSocket[] = [];
  const logged: string[] = [];

  beforeAll(async () => {
    live = http.createServer();
    await new Promise<void>((resolve) => live.listen(0, '127.0.0.1', resolve));
    const test = createTestDeps(backend.db, {
      logger: createLogger({ destination: { write: (line: string) => void logged.push(line) } }),
    });
    deps = {
      ...test,
      env: { ...test.env, publicUrl: `http://127.0.0.1:${(live.address() as AddressInfo).port}` },
    };
    sockets = attachSockets(live, deps);
    server = await startTestServer(deps);
  });
  afterAll(async () => {
    for (const socket of opened) socket.disconnect();
    await sockets.close();
    live.close();
    await server.close();
  });

  /** A watched circle with two members, a kind, someone at its door, a support person, codes and marks. */
  const setTable = async () => {
    const base = await setRoundTable(deps, server, 3);
    const [watched] = base.table.circles;
    const member = await seatedMember(deps, watched!, { picture: 'boat', name: 'CanaryMember' });
    const friend = await seatedMember(deps, watched!, { picture: 'leaf', name: 'CanaryFriend' });
    const knocking = await waitingPerson(deps, watched!, { picture: 'drum', name: 'CanaryAtTheDoor' });
    await server.newDevice().patch(`/api/circles/${watched}`, {
      seat: member.seat.id,
      headers: { cookie: member.cookie },
      body: { name: 'River', kind: 'LE' },
    });
    await base.post(`/api/circles/${watched}/support`, member, {
      support: { kind: 'text', text: 'CanarySupport' },
    });
    await base.post(`/api/circles/${watched}/rule`, member, { rule: 'allAgree' });
    await base.post(`/api/circles/${watched}/codes`, member, { uses: 3, days: 3 });
    const insiders = [base.members[0]!, member, friend];
    const outsiders: Record<string, TestPerson> = {
      'member of another circle': base.members[1]!,
      facilitator: base.facilitator,
    };
    const round = await base.open([PLAIN]);
    await base.move(round, 'object');

    /** Every GET of the interface, with the ids of the watched circle, as its own description lists them. */
    const paths = (await describedGets(server)).map((path) =>
      path
        .replace('{partnershipId}', base.table.id)
        .replace('{documentId}', base.documentId)
        .replace('{circleId}', watched!)
        .replace('{roundId}', round)
        .replace('{section}', PLAIN)
        .replace(/\/export$/, '/export?format=md'),
    );
    const getAll = async (who: TestPerson) => {
      const seen: Record<string, string> = {};
      for (const path of paths) {
        const answer = await base.get(path, who);
        seen[path] = `${answer.status} ${answer.bytes.toString('utf8')}`;
      }
      return seen;
    };
    const putNote = (who: TestPerson, more: object = {}) =>
      base.post(`/api/rounds/${round}/sections/${PLAIN}/notes`, who, {
        id: randomUUID(),
        kind: 'suggestion',
        text: 'CanaryNote',
        takeBack: randomBytes(32).toString('base64url'),
        ...more,
      });
    return { ...base, putNote, watched: watched!, insiders, knocking, outsiders, round, getAll, paths };
  };

  const listen = async (who: TestPerson): Promise<unknown[]> => {
    const { publicUrl } = deps.env;
    const socket: ClientSocket = io(publicUrl, {
      transports: ['websocket'],
      forceNew: true,
      auth: { protocol: PROTOCOL_VERSION, content: CONTENT_VERSION, seat: who.seat.id },
      extraHeaders: { cookie: who.cookie },
    });
    opened.push(socket);
    const events: unknown[] = [];
    socket.onAny((...event) => events.push(event));
    await new Promise<void>((resolve, reject) => {
      socket.on('connect', resolve);
      socket.on('connect_error', reject);
    });
    return events;
  };

  it(
    'is the same, byte for byte and event for event, whether a circle has answered or not',
    async () => {
      const { insiders, outsiders, round, getAll, say, heard, post, watched, documentId } = await setTable();
      const events = await Promise.all(Object.values(outsiders).map(listen));
      const inside = await listen(insiders[1]!);
      const before = await Promise.all(Object.values(outsiders).map(getAll));
      logged.length = 0;
      const sealedBytes = (await deps.db('rounds').where({ id: round }).first()).state_sealed
        .length as number;

      await heard(insiders[0]!, STARRED, 'notSafe');
      await post(`/api/circles/${watched}/words`, insiders[1]!, {
        documentId,
        section: STARRED,
        said: 'pass',
      });
      for (const who of insiders) {
        expect((await say(round, who, PLAIN, 'objection', { reason: 'CanaryReason' })).status).toBe(204);
      }
      await post(`/api/circles/${watched}/rule`, insiders[0]!, { rule: 'speaker' });

      // Those inside were told; whatever outsiders would have been told was sent before.
      while (inside.length < 4) await new Promise((resolve) => setImmediate(resolve));
      expect(await Promise.all(Object.values(outsiders).map(getAll))).toEqual(before);
      expect(events).toEqual([[], []]);
      const [row] = (await deps.db('rounds').where({ id: round })) as { state_sealed: Uint8Array }[];
      expect(row!.state_sealed).toHaveLength(sealedBytes);
      expect(logged.join('')).not.toMatch(/Canary/);
      expect(logged.join('')).not.toContain(watched);
      expect(logged.join('')).not.toContain(round);
    },
    SLOW_MS,
  );

  it(
    'names no member, kind, support, rule, seat, hour or reason of another circle',
    async () => {
      const { insiders, knocking, outsiders, round, getAll, say, post, watched, documentId } =
        await setTable();
      for (const section of [PLAIN, STARRED])
        await writeJoint(deps, insiders[0]!, documentId, section, 'CanaryWords', 'circle');
      // Shared, and still before those only who have spoken or passed themselves.
      await post(`/api/circles/${watched}/words`, insiders[0]!, {
        documentId,
        section: PLAIN,
        said: 'words',
      });
      for (const who of insiders) await say(round, who, PLAIN, 'objection', { reason: 'CanaryReason' });
      for (const who of Object.values(outsiders)) {
        for (const [path, text] of Object.entries(await getAll(who))) {
          for (const canary of CANARIES)
            expect([path, text]).not.toEqual([path, expect.stringContaining(canary)]);
          for (const { seat } of [...insiders, knocking])
            expect([path, text.includes(seat.id)]).toEqual([path, false]);
          if (path === '/api/openapi.json') continue;
          expect([path, /"kind":"LE"|allAgree/.test(text)]).toEqual([path, false]);
          expect([path, INSTANT.test(text)]).toEqual([path, false]);
        }
      }
    },
    SLOW_MS,
  );

  it(
    'once shown, has answers in the order of the table, one reason a circle, and still nobody',
    async () => {
      const { members, insiders, outsiders, round, getAll, say, table, paths } = await setTable();
      const [, second, third] = members;
      await say(round, third!, PLAIN, 'consent');
      await say(round, second!, PLAIN, 'concern', { reason: 'we have a worry' });
      for (const who of insiders)
        await say(round, who, PLAIN, 'concern', { reason: `CanaryReason of ${who.seat.id.slice(0, 4)}` });
      for (const who of Object.values(outsiders)) {
        const seen = await getAll(who);
        const { sections } = JSON.parse(seen[`/api/rounds/${round}`]!.slice(4)) as {
          sections: { answers: { circleId: string; reason: string | null; on: null }[] }[];
        };
        const { answers } = sections[0]!;
        expect(answers.map(({ circleId }) => circleId)).toEqual(table.circles);
        expect(answers.map(({ on }) => on)).toEqual([null, null, null]);
        expect(typeof answers[0]!.reason).toBe('string');
        expect(Object.keys(answers[0]!).sort()).toEqual(['circleId', 'on', 'position', 'reason']);
        const all = Object.values(seen).join('\n');
        for (const canary of CANARIES.slice(0, 4)) expect(all).not.toContain(canary);
        // A file leaves the table: of worries it holds only those whose circle let them out.
        const file = seen[paths.find((path) => path.includes('/export'))!];
        expect(file).toContain('Agreement record');
        expect(file).not.toMatch(/CanaryReason|worry/);
        for (const { seat } of insiders) expect(all).not.toContain(seat.id);
      }
    },
    SLOW_MS,
  );

  it(
    'learns of a note its words, and nothing of whose it is',
    async () => {
      const { insiders, outsiders, round, get, putNote, watched } = await setTable();
      const events = await Promise.all(Object.values(outsiders).map(listen));
      expect((await putNote(insiders[1]!)).status).toBe(204);
      for (const heardBy of events)
        while (heardBy.length < 1) await new Promise((resolve) => setImmediate(resolve));
      for (const who of [...Object.values(outsiders), insiders[0]!, insiders[2]!]) {
        const answer = await get(`/api/rounds/${round}/sections/${PLAIN}/notes`, who);
        const { notes } = answer.body as { notes: object[] };
        expect(notes).toEqual([
          {
            id: expect.any(String),
            kind: 'suggestion',
            text: 'CanaryNote',
            version: 1,
            circleId: null,
            mark: null,
          },
        ]);
      }
      expect(JSON.stringify(events)).not.toContain(watched);
      expect(JSON.stringify(events)).not.toContain(insiders[1]!.seat.id);
      expect(JSON.stringify(events)).not.toMatch(INSTANT);
    },
    SLOW_MS,
  );

  it('keeps sealed in the database who said what', async () => {
    const { insiders, round, say, post, watched, documentId, putNote } = await setTable();
    await writeJoint(deps, insiders[0]!, documentId, PLAIN, 'CanaryWords', 'circle');
    await post(`/api/circles/${watched}/words`, insiders[0]!, { documentId, section: PLAIN, said: 'words' });
    for (const who of insiders) await say(round, who, PLAIN, 'objection', { reason: 'CanaryReason' });
    await putNote(insiders[1]!, { attribution: 'circle' });
    const tables = [
      'rounds',
      'round_sections',
      'round_versions',
      'round_answers',
      'round_notes',
      'circle_rules',
      'heard_marks',
      'circle_supports',
      'shared_words',
    ];
    for (const name of tables) {
      const rows = (await deps.db(name)) as Record<string, unknown>[];
      const text = rows
        .flatMap((row) => Object.values(row))
        .map((value) => (value instanceof Uint8Array ? Buffer.from(value).toString('latin1') : String(value)))
        .join('\n');
      expect([name, /Canary|objection|allAgree|notSafe/.test(text)]).toEqual([name, false]);
      for (const { seat } of insiders) expect([name, text.includes(seat.id)]).toEqual([name, false]);
    }
  });
});

async function describedGets(server: TestServer): Promise<string[]> {
  const { body } = await server.newDevice().get('/api/openapi.json');
  const { paths } = body as { paths: Record<string, Record<string, unknown>> };
  const gets = Object.keys(paths).filter((path) => 'get' in paths[path]!);
  expect(gets.length).toBeGreaterThan(8);
  return [...gets, '/api/openapi.json'];
}

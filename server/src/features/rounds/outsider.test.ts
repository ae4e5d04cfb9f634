import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { createLogger } from '../../platform/logger.ts';
import { describeEachBackend } from '../../testing/backends.ts';
import type { TestPerson } from '../../testing/factories.ts';
import { type TestServer, startTestServer } from '../../testing/http-client.ts';
import { seenBy, writeJoint } from '../../testing/rounds.ts';
import { startTestSockets, type TestSockets } from '../../testing/sockets.ts';
import { type TestDeps, createTestDeps } from '../../testing/test-deps.ts';
import { PLAIN, setWatchedTable, STARRED } from '../../testing/watched-circle.ts';

/** Each test sits a table of six and asks for everything several times. */
const SLOW_MS = 30_000;

describeEachBackend('what an outsider can get', (backend) => {
  let deps: TestDeps;
  let server: TestServer;
  let sockets: TestSockets;
  const logged: string[] = [];

  beforeAll(async () => {
    const logger = createLogger({ destination: { write: (line: string) => void logged.push(line) } });
    sockets = await startTestSockets(createTestDeps(backend.db, { logger }));
    deps = sockets.deps;
    server = await startTestServer(deps);
  });
  afterAll(async () => {
    await sockets.close();
    await server.close();
  });

  const listen = async (who: TestPerson): Promise<unknown[]> => {
    const socket = await sockets.connected(who);
    const events: unknown[] = [];
    socket.onAny((...event) => events.push(event));
    return events;
  };

  it(
    'is the same, byte for byte and event for event, whether a circle has answered or not',
    async () => {
      const { insiders, outsiders, round, getAll, say, heard, post, watched, documentId } =
        await setWatchedTable(deps, server);
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
      const { insiders, outsiders, round, getAll, say, post, watched, documentId, leakIn } =
        await setWatchedTable(deps, server);
      for (const section of [PLAIN, STARRED])
        await writeJoint(deps, insiders[0]!, documentId, section, 'CanaryWords', 'circle');
      // Shared, and still before those only who have spoken or passed themselves.
      await post(`/api/circles/${watched}/words`, insiders[0]!, {
        documentId,
        section: PLAIN,
        said: 'words',
        seen: await seenBy(deps, insiders[0]!, documentId, PLAIN),
      });
      for (const who of insiders) await say(round, who, PLAIN, 'objection', { reason: 'CanaryReason' });
      for (const who of Object.values(outsiders)) {
        for (const [path, text] of Object.entries(await getAll(who))) {
          // It says of every kind and rule that there is one.
          if (path !== '/api/openapi.json') expect([path, leakIn(text)]).toEqual([path, null]);
        }
      }
    },
    SLOW_MS,
  );

  it(
    'once shown, has answers in the order of the table, one reason a circle, and still nobody',
    async () => {
      const { members, insiders, outsiders, round, getAll, say, table, paths } = await setWatchedTable(
        deps,
        server,
      );
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
        expect(all).not.toMatch(/Canary(?!Reason)/);
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
      const { insiders, outsiders, round, get, putNote, leakIn } = await setWatchedTable(deps, server);
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
      expect(events).toEqual([0, 1].map(() => [['notes', { roundId: round, section: PLAIN }]]));
      expect(leakIn(JSON.stringify(events))).toBeNull();
    },
    SLOW_MS,
  );

  it('keeps sealed in the database who said what', async () => {
    const { insiders, round, say, post, watched, documentId, putNote } = await setWatchedTable(deps, server);
    await writeJoint(deps, insiders[0]!, documentId, PLAIN, 'CanaryWords', 'circle');
    await post(`/api/circles/${watched}/words`, insiders[0]!, {
      documentId,
      section: PLAIN,
      said: 'words',
      seen: await seenBy(deps, insiders[0]!, documentId, PLAIN),
    });
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

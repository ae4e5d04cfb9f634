import { randomBytes, randomUUID } from 'node:crypto';
import { CircleKind, MintedCode } from '@longtable/shared/protocol/http/circles';
import type { Deps } from '../platform/deps.ts';
import { seatedMember, type TestPerson, waitingPerson } from './factories.ts';
import type { TestServer } from './http-client.ts';
import { setRoundTable } from './rounds.ts';

export const PLAIN = 'who-is-at-risk';
export const STARRED = 'why';

/** Said in names, at the door, and in what stays inside. */
export const CANARY = /Canary(?!Note)\w*/;

/** A hash or an id may have any digits in it; what stands alone is a number that somebody meant. */
const ALONE = /(?<![\w+/=.-])\d{8,13}(?![\w+/=-])/g;

const DAY_MS = 86_400_000;

/**
 * A minute or less in what somebody can read, or null: the hour of a clock, a date with one, or a number that is an
 * instant near `now` in minutes, seconds or milliseconds. Days are told; minutes never.
 */
export function instantIn(text: string, now: readonly number[]): string | null {
  const said = /(?<![\d.:])\d{1,2}:[0-5]\d(?!\d)|\d{4}-?\d{2}-?\d{2}T\d/.exec(text)?.[0];
  if (said !== undefined) return said;
  const isInstant = (digits: string) =>
    [1, 1_000, 60_000].some((unit) =>
      now.some((nowMs) => Math.abs(Number(digits) * unit - nowMs) < 40 * DAY_MS),
    );
  return text.match(ALONE)?.find(isInstant) ?? null;
}

/** A watched circle with three members, a kind, someone at its door, a support person, codes and marks; a round is open. */
export async function setWatchedTable(deps: Deps, server: TestServer) {
  const base = await setRoundTable(deps, server, 3);
  const { table, documentId, post } = base;
  const watched: string = table.circles[0]!;
  const theirs: string = table.circles[1]!;
  const member = await seatedMember(deps, table.circles[0]!, { picture: 'boat', name: 'CanaryMember' });
  const friend = await seatedMember(deps, table.circles[0]!, { picture: 'leaf', name: 'CanaryFriend' });
  const knocking = await waitingPerson(deps, table.circles[0]!, { picture: 'drum', name: 'CanaryAtTheDoor' });
  const describe = (body: object) =>
    server.newDevice().patch(`/api/circles/${watched}`, {
      seat: member.seat.id,
      headers: { cookie: member.cookie },
      body,
    });
  await describe({ name: 'River', kind: 'LE' });
  await post(`/api/circles/${watched}/support`, member, { support: { kind: 'text', text: 'CanarySupport' } });
  await post(`/api/circles/${watched}/rule`, member, { rule: 'allAgree' });
  const minted = await post(`/api/circles/${watched}/codes`, member, { uses: 3, days: 3 });
  const code = MintedCode.parse(minted.body);
  const insiders = [base.members[0]!, member, friend];
  const outsiders: Record<'member of another circle' | 'facilitator', TestPerson> = {
    'member of another circle': base.members[1]!,
    facilitator: base.facilitator,
  };
  const round = await base.open([PLAIN]);
  await base.move(round, 'object');

  const ids: Record<string, string> = {
    partnershipId: table.id,
    documentId,
    circleId: watched,
    roundId: round,
    section: PLAIN,
  };
  /** A path as the interface describes it, with the ids of this table and of the watched circle, or others. */
  const fill = (path: string, other: Readonly<Record<string, string>> = {}) =>
    path
      .replace(/\{(\w+)\}/g, (_all, name: string) => {
        const id = other[name] ?? ids[name];
        if (id === undefined) throw new Error(`there is no ${name} to ask for in ${path}`);
        return id;
      })
      .replace(/\/export$/, '/export?format=md');
  const described = await describedOperations(server);
  const gets = described.flatMap(({ method, path }) => (method === 'get' ? [fill(path)] : []));
  const paths = [...gets, '/api/openapi.json'];
  const getAll = async (who: TestPerson) => {
    const seen: Record<string, string> = {};
    for (const path of paths) {
      const answer = await base.get(path, who);
      seen[path] = `${answer.status} ${answer.bytes.toString('utf8')}`;
    }
    return seen;
  };
  const putNote = async (who: TestPerson, more: object = {}) => {
    const id = randomUUID();
    const takeBack = randomBytes(32).toString('base64url');
    const note = { id, kind: 'suggestion', text: 'CanaryNote', takeBack, ...more };
    return { id, ...(await post(`/api/rounds/${round}/sections/${PLAIN}/notes`, who, note)) };
  };

  /** What of the watched circle a text says that is nobody else's to know, or null. */
  const leakIn = (text: string): string | null =>
    CANARY.exec(text)?.[0] ??
    [...insiders, knocking].find(({ seat }) => text.includes(seat.id))?.seat.id ??
    (text.includes(code.id) || text.includes(code.code) ? 'the code' : null) ??
    /"kind":"(?:LE)"|allAgree/.exec(text)?.[0] ??
    instantIn(text, [deps.clock.nowMs(), Date.now()]);

  return {
    ...base,
    watched,
    theirs,
    insiders,
    knocking,
    outsiders,
    round,
    code,
    described,
    describe,
    fill,
    paths,
    getAll,
    putNote,
    leakIn,
  };
}

export const ALL_KINDS = CircleKind.options;

/** Every operation of the interface, as its own description lists them. */
async function describedOperations(server: TestServer): Promise<{ method: string; path: string }[]> {
  const { body } = await server.newDevice().get('/api/openapi.json');
  const { paths } = body as { paths: Record<string, Record<string, unknown>> };
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({ method, path })),
  );
}

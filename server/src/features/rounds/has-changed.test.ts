import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Lineage, RoomId } from '@longtable/shared/ids';
import { Standing } from '@longtable/shared/protocol/http/standing';
import * as Y from 'yjs';
import { createMemoryKeyring } from '../../platform/memory-keyring.ts';
import { describeEachBackend } from '../../testing/backends.ts';
import type { TestPerson } from '../../testing/factories.ts';
import { type TestServer, startTestServer } from '../../testing/http-client.ts';
import { setRoundTable } from '../../testing/rounds.ts';
import { type TestDeps, createTestDeps } from '../../testing/test-deps.ts';
import { createKnexUpdateStore } from '../rooms/knex-update-store.ts';
import { type HasChanged, rememberComparisons } from './has-changed.ts';

jest.setTimeout(30_000);

const PLAIN = 'who-is-at-risk';
const OTHER = 'who-must-act';

describeEachBackend('where sections stand', (backend) => {
  let deps: TestDeps;
  let server: TestServer;
  /** What was unsealed of words: columns of joint rooms and of pinned versions. */
  const opened: string[] = [];
  beforeAll(async () => {
    const keyring = createMemoryKeyring();
    deps = createTestDeps(backend.db, {
      keyring: {
        ...keyring,
        open: (context, sealed) => {
          if (['rooms', 'room_updates', 'round_versions'].includes(context.table))
            opened.push(`${context.table}.${context.column}`);
          return keyring.open(context, sealed);
        },
      },
    });
    server = await startTestServer(deps);
  });
  afterAll(() => server.close());
  beforeEach(() => void opened.splice(0));

  /** Two sections agreed by three circles. */
  const setTable = async () => {
    const base = await setRoundTable(deps, server, 3);
    const [first, second] = base.members as [TestPerson, TestPerson];
    const agree = async (sections: string[]) => {
      const round = await base.open(sections);
      await base.move(round, 'object');
      for (const section of sections)
        for (const member of base.members) await base.say(round, member, section, 'consent');
      await base.post(`/api/rounds/${round}/close`, base.facilitator);
    };
    const look = async (who: TestPerson = second) => {
      const standing = Standing.parse(
        (await base.get(`/api/partnerships/${base.table.id}/standing`, who)).body,
      );
      const sections = standing.documents.find(({ id }) => id === base.documentId)!.sections;
      const of = (key: string) => sections.find(({ section }) => section === key)!;
      return { plain: of(PLAIN), other: of(OTHER), looked: opened.splice(0) };
    };
    await base.write(first, PLAIN, 'as agreed');
    await agree([PLAIN, OTHER]);
    const where = { document_id: base.documentId, section: PLAIN, circle_id: null };
    const room = (await deps.db('rooms').where(where).first()) as { id: RoomId; lineage: Lineage };
    opened.splice(0);
    return { ...base, first, second, agree, look, room };
  };

  it('are found without reading a word again while nobody writes, for whoever asks', async () => {
    const { look, first, facilitator } = await setTable();
    const before = await look();
    expect(before.looked).not.toEqual([]);
    expect(before.plain).toMatchObject({ standing: 'agreed', hasChanged: false, head: 1 });
    for (const who of [first, facilitator]) expect(await look(who)).toEqual({ ...before, looked: [] });
  });

  it('show what is written between two looks, and read no section but that one', async () => {
    const { look, write, second } = await setTable();
    await look();
    await write(second, PLAIN, 'and more');
    const { plain, other, looked } = await look();
    expect(plain).toMatchObject({ standing: 'changed', hasChanged: true, head: 2 });
    expect(other).toMatchObject({ standing: 'agreed', hasChanged: false });
    expect(looked.filter((what) => what === 'round_versions.content')).toHaveLength(1);
    expect((await look()).plain).toEqual(plain);
  });

  it('are compared afresh for other words that were agreed to since', async () => {
    const { look, write, second, agree } = await setTable();
    await write(second, PLAIN, 'and more');
    expect((await look()).plain.standing).toBe('changed');
    await agree([PLAIN]);
    expect((await look()).plain).toMatchObject({ standing: 'agreed', hasChanged: false, head: 2 });
  });

  it('stay as they are when the log is compacted, and are compared afresh in a rewritten room', async () => {
    const { look, write, second, room } = await setTable();
    await write(second, PLAIN, 'and more');
    const { plain } = await look();
    const store = createKnexUpdateStore(deps);
    const doc = new Y.Doc();
    for (const { bytes } of (await store.load(room.id))!.tail) Y.applyUpdate(doc, bytes);
    expect(await store.compact(room.id, room.lineage, 2, Y.encodeStateAsUpdateV2(doc))).toBe(true);
    opened.splice(0);
    expect(await look()).toMatchObject({ plain, looked: [] });

    // As many writes as before, of a room that says nothing any more of what was agreed.
    const emptied = Y.encodeStateAsUpdateV2(new Y.Doc());
    await deps.db('rooms').where({ id: room.id }).update({ lineage: randomUUID() });
    const [{ lineage }] = (await deps.db('rooms').where({ id: room.id })) as [{ lineage: Lineage }];
    await store.compact(room.id, lineage, 2, emptied);
    opened.splice(0);
    const rewritten = await look();
    expect(rewritten.plain).toMatchObject({ standing: 'changed', head: 2 });
    expect(rewritten.looked).toContain('rooms.snapshot');
  });
});

describe('what is remembered of comparisons', () => {
  type Asked = Parameters<HasChanged>;
  const ask = (has: HasChanged, id: string, { seq = 1, version = 1, gone = [] as string[] } = {}) =>
    has(
      {} as Asked[0],
      { id, state: { sections: { why: { version } } } } as unknown as Asked[1],
      'why',
      { lineage: 'l' as Lineage, epoch: 1, seq },
      new Set(gone),
    );

  it('is one for all who ask at once', async () => {
    const compare = jest.fn<HasChanged>(async () => true);
    const has = rememberComparisons(compare);
    expect(await Promise.all([ask(has, 'a'), ask(has, 'a'), ask(has, 'b')])).toEqual([true, true, true]);
    expect(compare).toHaveBeenCalledTimes(2);
    await ask(has, 'a', { seq: 2 });
    await ask(has, 'a', { seq: 2, version: 2 });
    expect(compare).toHaveBeenCalledTimes(4);
    await ask(has, 'a', { seq: 2, version: 2, gone: ['words'] });
    await ask(has, 'a', { seq: 2, version: 2, gone: ['others'] });
    expect(compare).toHaveBeenCalledTimes(6);
  });

  it('is no failure', async () => {
    const compare = jest.fn<HasChanged>(async () => true);
    compare.mockRejectedValueOnce(new Error('the database is away'));
    const has = rememberComparisons(compare);
    await expect(ask(has, 'a')).rejects.toThrow('away');
    expect(await ask(has, 'a')).toBe(true);
  });

  it('is bounded: the oldest is forgotten first', async () => {
    const compare = jest.fn<HasChanged>(async () => false);
    const has = rememberComparisons(compare, 2);
    for (const round of ['a', 'b', 'c', 'c', 'b']) await ask(has, round);
    expect(compare).toHaveBeenCalledTimes(3);
    await ask(has, 'a');
    expect(compare).toHaveBeenCalledTimes(4);
  });
});

import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { BLOCK_NODE, textFragment } from '@longtable/shared/documents/model/keys';
import type { RoomId } from '@longtable/shared/ids';
import * as Y from 'yjs';
import { describeEachBackend } from '../../testing/backends.ts';
import { seatedMember, startPartnership, type TestPerson } from '../../testing/factories.ts';
import { startTestSockets, type TestSockets } from '../../testing/sockets.ts';
import { createTestDeps, type TestDeps } from '../../testing/test-deps.ts';
import { flattenIdleRooms, flattenRoom } from './flatten-rooms.ts';
import { createKnexUpdateStore } from './knex-update-store.ts';
import { digestOf, loadDoc, placeOf, SERVER_AUTHOR } from './rewrite.ts';
import { noteQuiet } from './upkeep.repository.ts';
import { createRewriter, type Rewriter } from './rewriter.ts';
import { pinRooms, readJointSection, reopenRooms, roomsOfDocument } from './rooms.service.ts';

jest.setTimeout(60_000);

const DAY_MS = 86_400_000;
const SECTION = 'why';

describeEachBackend('R24 flattening', (backend) => {
  let sockets: TestSockets;
  let deps: TestDeps;
  const rewriter = createRewriter();
  beforeAll(async () => {
    sockets = await startTestSockets(createTestDeps(backend.db));
    ({ deps } = sockets);
  });
  afterAll(async () => {
    await sockets.close();
    await rewriter.close();
  });

  const setTable = async () => {
    const { circles, documents } = await startPartnership(deps);
    const document = { id: documents.definition, kind: 'definition' as const };
    const people = [await seatedMember(deps, circles[0]!), await seatedMember(deps, circles[1]!)] as const;
    const all = await roomsOfDocument(deps, document, circles[0]!);
    const room = all.find(({ key }) => key === SECTION)!.rooms.partnership;
    const load = async () => (await createKnexUpdateStore(deps).load(room))!;
    const doc = async () => {
      const { room: record, snapshot, tail } = await load();
      return loadDoc({ place: placeOf(record), snapshot, tail: tail.map(({ bytes }) => bytes) });
    };
    return { document, people, room, load, doc };
  };

  /** A page at a section, by the protocol alone. */
  const sit = async (person: TestPerson, room: RoomId, held: object = {}) => {
    const socket = await sockets.connected(person);
    const reply = await socket.emitWithAck('join', { rooms: [{ room, ...held }] });
    const joined = reply.ok ? reply.rooms[0] : undefined;
    if (!joined?.ok) throw new Error(JSON.stringify(reply));
    const doc = new Y.Doc();
    for (const { encoding, bytes } of joined.missing)
      (encoding === 'v2' ? Y.applyUpdateV2 : Y.applyUpdate)(doc, Buffer.from(bytes, 'base64'));
    doc.clientID = joined.clientId;
    socket.on('batch', ([, , , bytes]) => Y.applyUpdate(doc, Buffer.from(bytes, 'base64')));
    const write = (edit: (text: Y.XmlText) => void) => {
      const before = Y.encodeStateVector(doc);
      doc.transact(() => {
        const fragment = textFragment(doc);
        if (fragment.length === 0) {
          const block = new Y.XmlElement(BLOCK_NODE);
          block.setAttribute('kind', 'paragraph');
          block.insert(0, [new Y.XmlText()]);
          fragment.push([block]);
        }
        edit((fragment.get(0) as Y.XmlElement).get(0) as Y.XmlText);
      });
      const bytes = Buffer.from(Y.encodeStateAsUpdate(doc, before)).toString('base64');
      return socket.emitWithAck('push', { room, lineage: joined.lineage, clientSeq: 1, bytes });
    };
    const closed = new Promise((resolve) => socket.once('closed', resolve));
    return { socket, joined, doc, write, closed };
  };

  /** Two people at one text, as a device that is not asked keeps it for ever. */
  const writeTogether = async () => {
    const table = await setTable();
    const one = await sit(table.people[0], table.room);
    await one.write((text) => text.insert(0, 'from one '));
    const two = await sit(table.people[1], table.room);
    await two.write((text) => text.insert(9, 'from the other'));
    return { ...table, one, two };
  };

  const writers = async (doc: Promise<Y.Doc>) => [...(await doc).store.clients.keys()];

  it('keeps every word and mark, and one author who is nobody', async () => {
    const { room, document, load, doc, one } = await writeTogether();
    const before = { digest: digestOf(await doc(), placeOf((await load()).room)), state: await load() };
    const content = await readJointSection(deps, document, SECTION);
    expect(await writers(doc())).toHaveLength(2);
    expect(await flattenRoom(deps, rewriter, room)).toBe(true);
    expect(await writers(doc())).toEqual([SERVER_AUTHOR]);
    expect(digestOf(await doc(), placeOf(before.state.room))).toBe(before.digest);
    expect(await readJointSection(deps, document, SECTION)).toEqual(content);
    const after = await load();
    expect(after.room.lineage).not.toBe(before.state.room.lineage);
    expect([after.room.headSeq, after.snapshotSeq, after.tail]).toEqual([2, 2, []]);

    // Whoever sat there joins again, loads anew and goes on.
    expect(await one.closed).toEqual({ room, code: 'resync' });
    const held = { lineage: one.joined.lineage, seq: 2, tickets: [one.joined.ticket] };
    const back = await new Promise<Awaited<ReturnType<typeof sit>>['joined']>((resolve, reject) =>
      one.socket.emit('join', { rooms: [{ room, ...held }] }, (reply) => {
        const joined = reply.ok ? reply.rooms[0] : undefined;
        if (joined?.ok) resolve(joined);
        else reject(new Error(JSON.stringify(reply)));
      }),
    );
    expect(back.lineage).toBe(after.room.lineage);
    expect(back.missing.map(({ encoding }) => encoding)).toEqual(['v2']);
    expect(back.seq).toBe(2);
  });

  it('refuses what comes of the old lineage, which is then given back, and takes what comes of the new', async () => {
    const { room, people, one } = await writeTogether();
    const lost = new Promise((resolve) => one.socket.once('closed', resolve));
    await flattenRoom(
      { ...deps, bus: { publish: () => {}, subscribe: () => () => {}, close: async () => {} } },
      rewriter,
      room,
    );
    // The message that puts people out was lost: the write finds out.
    expect(await one.write((text) => text.insert(0, 'too late '))).toMatchObject({
      ok: false,
      error: { code: 'lineageChanged' },
    });
    expect(await lost).toEqual({ room, code: 'resync' });
    const back = await sit(people[0], room);
    expect(textFragment(back.doc).toString()).toContain('from one from the other');
    expect(await back.write((text) => text.insert(0, 'in time, '))).toMatchObject({ ok: true, seq: 3 });
  });

  it('does nothing where somebody writes meanwhile', async () => {
    const { room, load, one } = await writeTogether();
    const { lineage } = (await load()).room;
    const slow: Rewriter = {
      run: async (makeJob) => {
        const flat = await rewriter.run(makeJob);
        expect(await one.write((text) => text.insert(0, 'meanwhile '))).toMatchObject({ ok: true });
        return flat;
      },
      close: async () => {},
    };
    expect(await flattenRoom(deps, slow, room)).toBe(false);
    expect((await load()).room.lineage).toBe(lineage);
    expect((await load()).room.headSeq).toBe(3);
  });

  it('comes when a room has been idle, once, and again when it was written in', async () => {
    const { room, load, people } = await writeTogether();
    const lineages = new Set([(await load()).room.lineage]);
    const flattened = async (): Promise<boolean> => {
      await flattenIdleRooms(deps, rewriter);
      const { lineage } = (await load()).room;
      return !lineages.has(lineage) && Boolean(lineages.add(lineage));
    };
    expect(await flattened()).toBe(false);
    deps.clock.advanceMs(DAY_MS);
    expect(await flattened()).toBe(false);
    await (await sit(people[0], room)).write((text) => text.insert(0, 'x'));
    deps.clock.advanceMs(DAY_MS);
    expect(await flattened()).toBe(false);
    deps.clock.advanceMs(2 * DAY_MS);
    expect(await flattened()).toBe(true);
    deps.clock.advanceMs(5 * DAY_MS);
    expect(await flattened()).toBe(false);
    await (await sit(people[0], room)).write((text) => text.insert(0, 'y'));
    expect(await flattened()).toBe(false);
    deps.clock.advanceMs(2 * DAY_MS);
    expect(await flattened()).toBe(true);
  });

  it('comes to what is before the circles on the day after, and leaves it before them', async () => {
    const { room, document, load, people } = await writeTogether();
    await deps.db.transaction((trx) => pinRooms({ trx, keyring: deps.keyring }, document, [SECTION]));
    const { lineage } = (await load()).room;
    await flattenIdleRooms(deps, rewriter);
    expect((await load()).room.lineage).toBe(lineage);
    deps.clock.advanceMs(DAY_MS);
    await flattenIdleRooms(deps, rewriter);
    expect((await load()).room.lineage).not.toBe(lineage);
    expect((await sit(people[0], room)).joined.canWrite).toBe(false);
    await deps.db.transaction((trx) => reopenRooms(trx, [room]));
    const back = await sit(people[0], room);
    expect(await back.write((text) => text.insert(0, 'again '))).toMatchObject({ ok: true, seq: 3 });
  });

  it('is tried once a day where it fails, by one node of two', async () => {
    const { load } = await writeTogether();
    const { lineage } = (await load()).room;
    await flattenIdleRooms(deps, rewriter);
    deps.clock.advanceMs(2 * DAY_MS);
    let tries = 0;
    const failing: Rewriter = {
      run: async (makeJob) => {
        const { tail } = makeJob();
        if (tail.length === 2) tries += 1;
        throw new Error('the thread died');
      },
      close: async () => {},
    };
    await Promise.all([flattenIdleRooms(deps, failing), flattenIdleRooms(deps, failing)]);
    await flattenIdleRooms(deps, rewriter);
    expect([tries, (await load()).room.lineage]).toEqual([1, lineage]);
    deps.clock.advanceMs(DAY_MS);
    await flattenIdleRooms(deps, rewriter);
    expect((await load()).room.lineage).not.toBe(lineage);
  });

  it('notes where rooms stand a few at a time, and comes to all of them', async () => {
    for (let i = 0; i < 3; i += 1) await writeTogether();
    const unnoted = async () =>
      Number(
        (
          await deps
            .db('rooms')
            .whereRaw('head_seq > flat_seq and quiet_seq is distinct from head_seq')
            .count<{ count: string | number }[]>('id')
        )[0]!.count,
      );
    const before = await unnoted();
    expect(before).toBeGreaterThanOrEqual(3);
    expect(await noteQuiet(deps.db, deps.clock.today(), { after: null, most: 2 })).not.toBeNull();
    expect(await unnoted()).toBe(before - 2);
    await flattenIdleRooms(deps, rewriter, 1);
    expect(await unnoted()).toBe(0);
  });

  it('does not find rooms in which nobody wrote', async () => {
    const { load } = await setTable();
    const { lineage } = (await load()).room;
    await flattenIdleRooms(deps, rewriter);
    deps.clock.advanceMs(9 * DAY_MS);
    await flattenIdleRooms(deps, rewriter);
    expect((await load()).room.lineage).toBe(lineage);
    expect(await flattenRoom(deps, rewriter, randomUUID() as RoomId)).toBe(false);
  });
});

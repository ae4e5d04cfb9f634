import { beforeAll, expect, it } from '@jest/globals';
import { appendBlocks } from '@longtable/shared/documents/model/blocks';
import type { RoomId } from '@longtable/shared/ids';
import { randomUUID } from 'node:crypto';
import { describeEachBackend } from '../../testing/backends.ts';
import { codeOf } from '../../testing/engine-room.ts';
import { seatedMember, startPartnership } from '../../testing/factories.ts';
import { createTestDeps, type TestDeps } from '../../testing/test-deps.ts';
import type { KeyId } from '../../platform/keyring.ts';
import { exportDocument } from '../exports/exports.service.ts';
import { render } from '../exports/render.ts';
import { readStanding } from '../rounds/standing.service.ts';
import { createKnexUpdateStore } from './knex-update-store.ts';
import { createPen } from './pen.ts';
import { pinRooms, readJointSection, readQuotes, roomsOfDocument } from './rooms.service.ts';
import { startRoomAnew } from './start-anew.service.ts';

const SECTION = 'why';

/** A database restored from before a room moved to a new key: it names the one that was destroyed. */
describeEachBackend('R28 a room whose key is gone', (backend) => {
  let deps: TestDeps;
  beforeAll(() => {
    deps = createTestDeps(backend.db);
  });

  const setTable = async () => {
    const { circles, documents } = await startPartnership(deps);
    const document = { id: documents.definition, kind: 'definition' as const };
    const { seat } = await seatedMember(deps, circles[0]!);
    const all = await roomsOfDocument(deps, document, circles[0]!);
    const room = all.find(({ key }) => key === SECTION)!.rooms.partnership;
    const row = async () => (await deps.db('rooms').where({ id: room }).first()) as Record<string, unknown>;
    const write = async (text: string) => {
      const pen = createPen(deps);
      try {
        await pen.write(seat.id, room, (doc) => appendBlocks(doc, [{ kind: 'paragraph', runs: [{ text }] }]));
      } finally {
        await pen.close();
      }
    };
    const loseKey = async () => deps.keyring.destroyKey((await row())['key_id'] as KeyId);
    const exported = async () =>
      (
        await exportDocument(deps, { documentId: document.id, format: 'md', locale: 'en' }, render)
      ).bytes.toString();
    return { document, seat, room, row, write, loseKey, exported };
  };

  it('is refused to whoever opens it, and nothing of it is deleted', async () => {
    const { seat, room, row, write, loseKey } = await setTable();
    await write('before the backup');
    const before = await row();
    await loseKey();
    expect(await codeOf(write('after it'))).toBe('unreadable');
    expect(await codeOf(createKnexUpdateStore(deps).load(room))).toBe('unreadable');
    expect(await row()).toEqual(before);
    expect(before['snapshot_sealed']).not.toBeNull();
    // The key may be put back yet, and then everything is as it was.
    expect(await createKnexUpdateStore(deps).accessFor([{ seat: seat.id, room }])).toHaveLength(1);
  });

  it('is refused before anybody writes there where it was empty', async () => {
    const { write, loseKey } = await setTable();
    await loseKey();
    expect(await codeOf(write('the first words'))).toBe('unreadable');
  });

  it('counts as empty for whoever reads the table, who is told so, and cannot be put before the circles', async () => {
    const { document, seat, room, write, loseKey, exported } = await setTable();
    await write('before the backup');
    expect(await exported()).not.toContain('the key to them is missing');
    const blank = (await exported()).split('Nothing is written here yet').length;
    await loseKey();
    const read = await readJointSection(deps, document, SECTION);
    expect(read).toMatchObject({ isUnreadable: true, content: { blocks: [] } });
    expect(await exported()).toContain('the key to them is missing');
    expect((await exported()).split('Nothing is written here yet')).toHaveLength(blank);
    expect(await readQuotes(deps, document)).toMatchObject([{ roomId: room, isUnreadable: true }]);
    expect((await readStanding(deps, seat)).documents).not.toHaveLength(0);
    const pinning = deps.db.transaction((trx) =>
      pinRooms({ trx, keyring: deps.keyring }, document, [SECTION]),
    );
    expect(await codeOf(pinning)).toBe('unreadable');
  });

  it('is empty and can be written in once the host says so, and only then', async () => {
    const { document, room, row, write, loseKey } = await setTable();
    await write('before the backup');
    const before = await row();
    expect(await codeOf(startRoomAnew(deps, room))).toBe('notNow');
    expect(await codeOf(startRoomAnew(deps, randomUUID() as RoomId))).toBe('notFound');
    expect(await row()).toEqual(before);
    await loseKey();
    const heard: unknown[] = [];
    deps.bus.subscribe((message) => heard.push(message));
    await startRoomAnew(deps, room);
    expect(heard).toEqual([{ kind: 'room', roomId: room }]);
    const after = await row();
    expect(after).toMatchObject({ epoch: Number(before['epoch']) + 1, head_seq: before['head_seq'] });
    expect([after['lineage'] === before['lineage'], after['key_id'] === before['key_id']]).toEqual([
      false,
      false,
    ]);
    await write('after it');
    const { content, isUnreadable } = await readJointSection(deps, document, SECTION);
    expect([isUnreadable, JSON.stringify(content.blocks)]).toEqual([
      false,
      JSON.stringify([{ kind: 'paragraph', runs: [{ text: 'after it' }] }]),
    ]);
    expect(await codeOf(startRoomAnew(deps, room))).toBe('notNow');
  });
});

import { beforeAll, expect, it } from '@jest/globals';
import { BLOCK_NODE, textFragment } from '@longtable/shared/documents/model/keys';
import { plainText } from '@longtable/shared/documents/model/read-section';
import type { Lineage } from '@longtable/shared/ids';
import * as Y from 'yjs';
import { describeEachBackend } from '../../testing/backends.ts';
import { seatedMember, startPartnership } from '../../testing/factories.ts';
import { createTestDeps, type TestDeps } from '../../testing/test-deps.ts';
import { createKnexUpdateStore } from './knex-update-store.ts';
import { pinRooms, reopenRooms, roomsOfDocument } from './rooms.service.ts';

const SECTIONS = ['why', 'our-words', 'in-short'];

/** One paragraph under a clientID of its own: updates of different writers fit together in any order. */
function paragraph(text: string): Uint8Array {
  const doc = new Y.Doc();
  const block = new Y.XmlElement(BLOCK_NODE);
  block.setAttribute('kind', 'paragraph');
  block.insert(0, [new Y.XmlText(text)]);
  textFragment(doc).push([block]);
  return Y.encodeStateAsUpdate(doc);
}

describeEachBackend('R21 pinning what a section says', (backend) => {
  let deps: TestDeps;
  beforeAll(() => {
    deps = createTestDeps(backend.db);
  });

  const setTable = async () => {
    const table = await startPartnership(deps);
    const member = await seatedMember(deps, table.circles[0]!);
    const document = { id: table.documents.definition, kind: 'definition' as const };
    const all = await roomsOfDocument(deps, document, table.circles[0]!);
    const rooms = all
      .filter(({ key }) => SECTIONS.includes(key))
      .map(({ rooms: { partnership } }) => partnership);
    const rows = (await deps.db('rooms').whereIn('id', rooms)) as { id: string; lineage: Lineage }[];
    const lineage = (room: string) => rows.find(({ id }) => id === room)!.lineage;
    const pin = (sections: string[]) =>
      deps.db.transaction((trx) => pinRooms({ trx, keyring: deps.keyring }, document, sections));
    return { document, member, rooms, lineage, pin };
  };

  it('holds every write that was acknowledged, and no write comes after it', async () => {
    const { member, rooms, lineage, pin } = await setTable();
    const store = createKnexUpdateStore(deps);
    const acknowledged = new Set<string>();
    const refused = new Set<string>();
    let pinning: ReturnType<typeof pin> | undefined;
    const writer = async (name: string): Promise<void> => {
      // Until each has come too late twice.
      for (let [turn, late] = [0, 0]; late < 2 && turn < 100; turn++) {
        const texts = rooms.map((_, index) => `<${name}.${turn}.${index}>`);
        // In falling and rising order of rooms by turns: only the store's own order keeps batches from deadlock.
        const order = turn % 2 === 0 ? rooms : [...rooms].reverse();
        const results = await store.commit(
          order.map((room) => ({
            room,
            lineage: lineage(room),
            seats: [member.seat.id],
            bytes: paragraph(texts[rooms.indexOf(room)]!),
          })),
        );
        results.forEach((result, index) => {
          const text = texts[rooms.indexOf(order[index]!)]!;
          if (result.ok) acknowledged.add(text);
          else {
            expect(result.code).toBe('readOnly');
            refused.add(text);
          }
        });
        if (results.some(({ ok }) => !ok)) late += 1;
        // Asked for by a writer in the middle of its work: the embedded database leaves a timer no turn.
        if (acknowledged.size > 15) pinning ??= pin(SECTIONS);
        // All or none: the pin held all of these rooms at once, or none of them.
        expect(new Set(results.map(({ ok }) => ok)).size).toBe(1);
      }
    };
    await Promise.all(['a', 'b', 'c', 'd', 'e', 'f'].map(writer));
    const said = (await pinning!).map(({ content }) => plainText(content)).join('\n');
    expect(refused.size).toBeGreaterThan(0);
    for (const text of acknowledged) expect(said).toContain(text);
    for (const text of refused) expect(said).not.toContain(text);
  });

  it('pins a section once: of two who try, one is told that it is not the time', async () => {
    const { pin } = await setTable();
    const results = await Promise.allSettled([pin(['why', 'our-words']), pin(['our-words', 'why'])]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'notNow' } });
  });

  it('changes nothing where it fails after pinning', async () => {
    const { pin, document } = await setTable();
    const failing = deps.db.transaction(async (trx) => {
      await pinRooms({ trx, keyring: deps.keyring }, document, ['why']);
      throw new Error('after it');
    });
    await expect(failing).rejects.toThrow('after it');
    const [pinned] = await pin(['why']);
    await deps.db.transaction((trx) => reopenRooms(trx, [pinned!.roomId]));
    expect(await pin(['why'])).toHaveLength(1);
  });
});

import { readFile } from 'node:fs/promises';
import { expect, it } from '@jest/globals';
import { seatedMember, startPartnership } from '../../testing/factories.ts';
import { withTestDatabases } from '../../testing/test-databases.ts';
import { createTestDeps } from '../../testing/test-deps.ts';
import { knexOverPostgres } from '../../platform/postgres.ts';
import { createKnexUpdateStore } from './knex-update-store.ts';
import { roomsOfDocument } from './rooms.service.ts';

withTestDatabases('a log in partitions', (databases) => {
  it('R1 R11 is written, read and compacted as before, by the statements that OPERATIONS.md gives', async () => {
    const db = knexOverPostgres(await databases.create({ isMigrated: true }), 4);
    try {
      const deps = createTestDeps(db);
      const table = await startPartnership(deps);
      const { seat } = await seatedMember(deps, table.circles[0]!);
      const plan = { id: table.documents.plan, kind: 'plan' as const };
      const [section] = await roomsOfDocument(deps, plan, null);
      const room = section!.rooms.partnership;
      const before = createKnexUpdateStore(deps);
      const { lineage } = (await before.load(room))!.room;
      const write = { room, lineage, seats: [seat.id], bytes: Uint8Array.of(1) };
      await before.commit([write]);

      const doc = await readFile(new URL('../../../../docs/OPERATIONS.md', import.meta.url), 'utf8');
      const sql = /```sql\n(begin;.*?commit;)\n```/s.exec(doc)?.[1];
      await db.raw(sql!);

      const store = createKnexUpdateStore(deps);
      expect(await store.commit([write, write])).toEqual([
        { ok: true, seq: 2 },
        { ok: true, seq: 3 },
      ]);
      expect((await store.load(room))?.tail.map(({ seq }) => seq)).toEqual([1, 2, 3]);
      expect(await store.compact(room, lineage, 2, Uint8Array.of(7))).toBe(true);
      expect((await store.load(room))?.tail.map(({ seq }) => seq)).toEqual([3]);
      const { rows } = (await db.raw(
        "select count(*)::int as parts from pg_inherits where inhparent = 'room_updates'::regclass",
      )) as { rows: { parts: number }[] };
      expect(rows[0]!.parts).toBe(16);
    } finally {
      await db.destroy();
    }
  });
});

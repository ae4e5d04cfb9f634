import pg from 'pg';
import type { Metrics } from './metrics.ts';
import type { BenchServer } from './servers.ts';

interface Counted {
  commits: number;
  walBytes: number;
}

export interface DatabaseUse {
  /** Between the two calls; `end` closes the connection. */
  begin(): Promise<void>;
  end(seconds: number, edits: number): Promise<Metrics>;
}

const nobody: DatabaseUse = { begin: async () => {}, end: async () => ({}) };

const COUNT = `
  select xact_commit::float8 as commits, pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0')::float8 as "walBytes"
  from pg_stat_database where datname = current_database()`;

/** A row of the rooms' log with its place in the index; nothing where all of it has just been compacted. */
const ROW = `select avg(pg_column_size(u))::float8 + 40 as bytes from (select * from room_updates limit 5000) u`;

/**
 * What a server asks of PostgreSQL. Its own log (WAL) is that of all databases there, so the figure is only true where
 * nobody else writes.
 */
export async function openDatabaseUse({ databaseUrl, name }: BenchServer): Promise<DatabaseUse> {
  if (!databaseUrl) return nobody;
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const isOurs = name === 'longtable';
  let before: Counted | undefined;
  const count = async (): Promise<Counted | undefined> => (await client.query<Counted>(COUNT)).rows[0];
  return {
    begin: async () => void (before = await count()),
    async end(seconds, edits) {
      const after = await count();
      // Only ours has such a table.
      const rows = isOurs ? (await client.query<{ bytes: number | null }>(ROW)).rows : [];
      await client.end();
      if (!before || !after || edits === 0) return {};
      return {
        commitsPerSecond: (after.commits - before.commits) / seconds,
        walBytesPerEdit: (after.walBytes - before.walBytes) / edits,
        ...(rows[0]?.bytes ? { logBytesPerRow: rows[0].bytes } : {}),
      };
    },
  };
}

/**
 * Hocuspocus as a team would set it up: its own server, and PostgreSQL through its database extension with the
 * debounce it comes with. Run as its own process; `PORT`, and `DATABASE_URL` or nothing for memory alone.
 */
import { Database } from '@hocuspocus/extension-database';
import { Server } from '@hocuspocus/server';
import pg from 'pg';

const { PORT, DATABASE_URL } = process.env;
const pool = DATABASE_URL ? new pg.Pool({ connectionString: DATABASE_URL, max: 8 }) : null;
await pool?.query('create table if not exists documents (name text primary key, data bytea not null)');

const server = new Server({
  port: Number(PORT),
  address: '127.0.0.1',
  quiet: true,
  extensions: pool
    ? [
        new Database({
          fetch: async ({ documentName }) => {
            const { rows } = await pool.query<{ data: Buffer }>(
              'select data from documents where name = $1',
              [documentName],
            );
            return rows[0]?.data ?? null;
          },
          store: async ({ documentName, state }) => {
            await pool.query(
              'insert into documents values ($1, $2) on conflict (name) do update set data = excluded.data',
              [documentName, state],
            );
          },
        }),
      ]
    : [],
});
await server.listen();

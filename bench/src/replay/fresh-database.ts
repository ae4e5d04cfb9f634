import { randomUUID } from 'node:crypto';
import pg from 'pg';

/** A PostgreSQL database of its own, and how to drop it. */
export async function createFreshDatabase(url: string): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `longtable_replay_${randomUUID().replaceAll('-', '')}`;
  await runOnce(url, `create database ${name}`);
  const own = new URL(url);
  own.pathname = `/${name}`;
  return { url: own.href, drop: () => runOnce(url, `drop database ${name} with (force)`) };
}

async function runOnce(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

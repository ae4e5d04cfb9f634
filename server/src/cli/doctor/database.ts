import { existsSync } from 'node:fs';
import path from 'node:path';
import type { Env } from '../../env.ts';
import type { Clock } from '../../platform/clock.ts';
import { findHolder } from '../../platform/data-lock.ts';
import { type Database, openDatabase } from '../../platform/db.ts';
import type { Db } from '../../platform/deps.ts';
import { createMigrationSource } from '../../platform/migration-source.ts';
import { StartupError } from '../../platform/startup-error.ts';
import { codeOf, type Finding, look, ok, wrong } from './finding.ts';

const ABOUT = 'Database';

/** Days are what matters to people; a clock that is this far out will soon be out by a day. */
const CLOCK_APART_MS = 60_000;

/** Opens what is there and makes nothing new. Null where it cannot be looked into now; the finding says why. */
export async function reachDatabase(env: Env): Promise<{ database: Database | null; finding: Finding }> {
  const refuse = (finding: Finding) => ({ database: null, finding });
  if (!env.databaseUrl) {
    const holder = findHolder(env.dataDir);
    if (holder) {
      return refuse(
        ok(
          ABOUT,
          `the embedded one in ${env.dataDir} is in use by a running Longtable, process ${holder.pid}, as it should be. ` +
            'What is inside, and whether every key is there, can be checked while that is stopped.',
        ),
      );
    }
    if (!existsSync(path.join(env.dataDir, 'database')))
      return refuse(look(ABOUT, `there is none in ${env.dataDir} yet. The first start makes it: npm start`));
  }
  try {
    const database = await openDatabase(env, { poolSize: 1 });
    const { server_version } = (
      await rows<{ server_version: string }>(database.db, 'show server_version')
    )[0]!;
    const which = env.databaseUrl ? 'PostgreSQL' : `the embedded one in ${env.dataDir}, PostgreSQL`;
    return { database, finding: ok(ABOUT, `${which} ${server_version} answers.`) };
  } catch (error) {
    return refuse(
      wrong(ABOUT, error instanceof StartupError ? error.message : `it does not answer (${codeOf(error)}).`),
    );
  }
}

export async function checkDatabase({ db, kind }: Database, clock: Clock): Promise<Finding[]> {
  const findings = [await checkMigrations(db), await checkWriting(db)];
  if (kind === 'postgres') findings.push(await checkDurability(db), await checkDatabaseClock(db, clock));
  return findings;
}

/** What has been done to the schema against what this version knows; changes nothing. */
async function checkMigrations(db: Db): Promise<Finding> {
  const about = 'Database schema';
  const known = await createMigrationSource().getMigrations([]);
  const done = (await hasTable(db, 'knex_migrations'))
    ? (await rows<{ name: string }>(db, 'select name from knex_migrations')).map(({ name }) => name)
    : [];
  const unknown = done.filter((name) => !known.includes(name));
  const missing = known.filter((name) => !done.includes(name));
  if (unknown.length > 0) {
    return wrong(
      about,
      `it was used by a later version of Longtable (${unknown.at(-1)}). Start that version again.`,
    );
  }
  return missing.length > 0
    ? look(
        about,
        `${missing.length} of ${known.length} steps are still to be made. The next start makes them.`,
      )
    : ok(about, `all ${known.length} steps are made.`);
}

/** A table made, filled and forgotten: a disk that is full and a user without rights both show here. */
async function checkWriting(db: Db): Promise<Finding> {
  const about = 'Writing';
  const trx = await (db as Database['db']).transaction();
  try {
    await trx.raw('create table longtable_doctor (note text)');
    await trx.raw("insert into longtable_doctor values ('nothing stays of this')");
    return ok(about, 'the database takes tables and rows.');
  } catch (error) {
    return wrong(
      about,
      `the database does not take them (${codeOf(error)}). Its user needs the right to create tables and to write, and its disk needs room.`,
    );
  } finally {
    await trx.rollback();
  }
}

/** "Saved" is said on the commit, so the commit must outlive a power cut. */
export async function checkDurability(db: Db): Promise<Finding> {
  const about = 'Power cuts';
  const settings = await rows<{ name: string; setting: string }>(
    db,
    "select name, setting from pg_settings where name in ('fsync', 'full_page_writes', 'synchronous_commit')",
  );
  const off = settings.filter(({ setting }) => setting === 'off').map(({ name }) => name);
  return off.length > 0
    ? wrong(
        about,
        `PostgreSQL runs with ${off.join(' and ')} off: words that people saw as saved can be lost. Turn it on in postgresql.conf.`,
      )
    : ok(about, 'PostgreSQL writes to the disk before it says that something is saved.');
}

async function checkDatabaseClock(db: Db, clock: Clock): Promise<Finding> {
  const about = 'Clock of the database';
  const sql = 'select extract(epoch from clock_timestamp())::float8 * 1000 as ms';
  const apartMs = Math.abs((await rows<{ ms: number }>(db, sql))[0]!.ms - clock.nowMs());
  return apartMs > CLOCK_APART_MS
    ? look(
        about,
        `it and this computer’s are ${Math.round(apartMs / 1000)} seconds apart. Set both by a time service (NTP).`,
      )
    : ok(about, 'it agrees with this computer’s.');
}

export async function hasTable(db: Db, name: string): Promise<boolean> {
  const [found] = await rows<{ is_there: boolean }>(db, 'select to_regclass(?) is not null as is_there', [
    name,
  ]);
  return found!.is_there;
}

export async function rows<Row>(db: Db, sql: string, bindings: readonly string[] = []): Promise<Row[]> {
  return ((await db.raw(sql, bindings as never)) as { rows: Row[] }).rows;
}

import { chmod, cp, mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import type { Knex } from 'knex';
import { openDeps } from '../compose.ts';
import { readEnv, readTestEnv } from '../env.ts';
import { takeDataLock } from '../platform/data-lock.ts';
import { openDatabase } from '../platform/db.ts';
import { knexOverPostgres } from '../platform/postgres.ts';
import { openTestPostgres } from '../testing/backends.ts';
import { startPartnership } from '../testing/factories.ts';
import { createTestClock } from '../testing/test-clock.ts';
import { examine } from './doctor.ts';
import type { Finding } from './doctor/finding.ts';
import { checkClock, checkDisk, checkVersions } from './doctor/machine.ts';

jest.setTimeout(60_000);

const of = (findings: readonly Finding[], verdict: Finding['verdict']) =>
  findings.filter((finding) => finding.verdict === verdict).map(({ about, says }) => `${about}: ${says}`);

describe('longtable doctor', () => {
  let made: string;
  let folder: string;
  const at = (name: string) => path.join(folder, name);
  const settings = (more: Record<string, string> = {}) => ({
    DATA_DIR: at('data'),
    KEYS_DIR: at('keys'),
    PUBLIC_URL: 'https://table.example.org',
    ...more,
  });

  /** A server's folders with one table in them, made once and copied for each test to spoil. */
  beforeAll(async () => {
    made = await mkdtemp(path.join(tmpdir(), 'longtable-doctor-made-'));
    const env = readEnv({ DATA_DIR: path.join(made, 'data'), KEYS_DIR: path.join(made, 'keys') });
    const { deps, closing } = await openDeps(env, () => {});
    await startPartnership(deps);
    for (const step of closing) await step.close();
  });
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'longtable-doctor-'));
    await cp(made, folder, { recursive: true });
    await chmod(at('keys'), 0o700);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));
  afterAll(() => rm(made, { recursive: true, force: true }));

  const inDatabase = async (spoil: (db: Knex) => Promise<unknown>) => {
    const database = await openDatabase(readEnv(settings()));
    await spoil(database.db);
    await database.close();
  };
  const aKey = async () => (await readdir(at('keys'))).find((name) => name.endsWith('.key'))!;

  it('finds nothing wrong where nothing is, and changes nothing', async () => {
    const before = await readdir(at('keys'));
    const findings = await examine(settings());
    expect(of(findings, 'wrong')).toEqual([]);
    expect(of(findings, 'look').filter((line) => !line.startsWith('Disk'))).toEqual([]);
    expect(of(findings, 'ok').join('\n')).toMatch(/all \d+ that the database needs are there/);
    expect(await readdir(at('keys'))).toEqual(before);
  });

  it('says before the first start what that will make, and makes none of it', async () => {
    const findings = await examine(settings({ DATA_DIR: at('none'), KEYS_DIR: at('no-keys') }));
    expect(of(findings, 'wrong')).toEqual([]);
    expect(of(findings, 'look').join('\n')).toMatch(/Database: there is none .* npm start/);
    expect(of(findings, 'look').join('\n')).toMatch(/Keys: there is no folder .* npm start/);
    expect([existsSync(at('none')), existsSync(at('no-keys'))]).toEqual([false, false]);
  });

  it('names every setting that is wrong, and says that the rest comes after', async () => {
    const findings = await examine(settings({ KEYS_DIR: at('data/keys'), PUBLIC_URL: 'http://table.local' }));
    expect(of(findings, 'wrong').join('\n')).toMatch(
      /KEYS_DIR must not lie inside.*PUBLIC_URL must start with https/s,
    );
    expect(of(findings, 'look').join('\n')).toContain('once the settings are right');
  });

  it('takes a running server for what it is, and says what cannot be looked at meanwhile', async () => {
    const lock = takeDataLock(at('data'));
    try {
      const findings = await examine(settings());
      expect(of(findings, 'wrong')).toEqual([]);
      expect(of(findings, 'ok').join('\n')).toMatch(
        new RegExp(`process ${process.pid}, as it should be.*can be checked while that is stopped`),
      );
    } finally {
      lock.release();
    }
  });

  it.each<[string, () => Promise<unknown>, RegExp]>([
    [
      'a key that is gone',
      async () => rm(at(`keys/${await aKey()}`)),
      /1 of the \d+ .* not in .*Put the folder back/,
    ],
    ['a key that is cut off', async () => truncate(at(`keys/${await aKey()}`), 7), /1 of \d+ are damaged/],
    ['a secret that is gone', () => rm(at('keys/code.secret')), /missing or damaged: code.secret/],
    [
      'keys of another server under these names',
      async () => {
        for (const name of await readdir(at('keys')))
          if (name.endsWith('.key')) await writeFile(at(`keys/${name}`), Buffer.alloc(32, 7));
      },
      /does not open with its key/,
    ],
    [
      'a keys folder that is gone',
      () => rm(at('keys'), { recursive: true }),
      /Keys: the folder .* cannot be read/,
    ],
    [
      'a keys folder that is a file',
      async () => {
        await rm(at('keys'), { recursive: true });
        await writeFile(at('keys'), '');
      },
      /cannot be read \(ENOTDIR\)/,
    ],
    [
      'a later version’s data',
      () =>
        inDatabase((db) =>
          db('knex_migrations').insert({
            name: '29991231000000_later',
            batch: 9,
            migration_time: new Date(0),
          }),
        ),
      /used by a later version of Longtable \(29991231000000_later\)/,
    ],
    [
      'a database that is damaged',
      () => rm(at('data/database/global'), { recursive: true }),
      /The embedded database in .* cannot be opened/,
    ],
  ])('finds %s', async (_what, spoil, sentence) => {
    await spoil();
    expect(of(await examine(settings()), 'wrong').join('\n')).toMatch(sentence);
  });

  it('has a look at what is not wrong yet', async () => {
    await chmod(at('keys'), 0o755);
    await inDatabase((db) => db('knex_migrations').where('name', 'like', '20261122%').delete());
    const findings = await examine(settings({ PUBLIC_URL: 'http://localhost:3000' }));
    const lines = of(findings, 'look').join('\n');
    expect(lines).toMatch(/others on this computer can look into .* chmod 700/);
    expect(lines).toMatch(/Database schema: \d+ of \d+ steps are still to be made/);
    expect(lines).toMatch(/PUBLIC_URL: .* on this computer only/);
    expect(of(findings, 'wrong')).toEqual([]);
  });

  it('knows an old Node and an impossible year', () => {
    expect(of(checkVersions('20.9.0'), 'wrong')).toEqual([
      'Node: version 20.9.0 is too old. Install 20.19 or later.',
    ]);
    expect(of(checkVersions('22.1.0'), 'wrong')).toEqual([]);
    expect(checkClock(createTestClock(0))).toMatchObject({
      verdict: 'wrong',
      says: expect.stringContaining('today is 1970-01-01'),
    });
  });

  const itWithProc = existsSync('/proc/self') ? it : it.skip;
  itWithProc('knows a full disk', async () => {
    expect(await checkDisk('DATA_DIR', '/proc/longtable')).toMatchObject({ verdict: 'wrong' });
  });

  it('says that no PostgreSQL answers', async () => {
    const findings = await examine(settings({ DATABASE_URL: 'postgres://nobody:secret@127.0.0.1:9/none' }));
    const lines = of(findings, 'wrong').join('\n');
    expect(lines).toMatch(/does not answer \(127\.0\.0\.1:9\/none/);
    expect(lines).not.toContain('secret');
  });

  const { databaseUrl } = readTestEnv();
  const itWithPostgres = databaseUrl ? it : it.skip;
  itWithPostgres('looks at PostgreSQL’s rights, durability and clock', async () => {
    const { db, close } = await openTestPostgres(databaseUrl!, 1);
    try {
      const { rows } = (await db.raw('select current_database() as name')) as { rows: { name: string }[] };
      const own = new URL(databaseUrl!);
      own.pathname = `/${rows[0]!.name}`;
      const look = () => examine(settings({ DATABASE_URL: own.href }));
      expect(of(await look(), 'wrong')).toEqual([]);

      const later = createTestClock(Date.now() + 3_600_000);
      expect(of(await examine(settings({ DATABASE_URL: own.href }), later), 'look').join('\n')).toMatch(
        /36\d\d seconds apart/,
      );

      const admin = knexOverPostgres(databaseUrl!, 1);
      await admin.raw(`alter database ${rows[0]!.name} set default_transaction_read_only = on`);
      await admin.raw(`alter database ${rows[0]!.name} set synchronous_commit = off`);
      await admin.destroy();
      expect(of(await look(), 'wrong').join('\n')).toMatch(
        /Writing: the database does not take them.*Power cuts: PostgreSQL runs with synchronous_commit off/s,
      );
    } finally {
      await close();
    }
  });
});

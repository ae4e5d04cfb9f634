import { describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { describeEachBackend } from '../testing/backends.ts';
import { migrate, openDatabase } from './db.ts';
import { answersWithin } from './health.ts';
import { knexOverPostgres } from './postgres.ts';
import { isDatabaseAway } from './wire-error.ts';

describeEachBackend('the database', (backend) => {
  it('gives bytes as Buffers, bigints as numbers and dates as days', async () => {
    const { rows } = await backend.db.raw(
      `select ?::bytea as bytes, ?::bigint as count, ?::date as day, array['en','ar']::text[] as locales`,
      [Buffer.from([0, 255, 7]), 9_007_199_254_740_991, '2026-11-21'],
    );
    expect(Buffer.isBuffer(rows[0].bytes)).toBe(true);
    expect(rows[0]).toEqual({
      bytes: Buffer.from([0, 255, 7]),
      count: 9_007_199_254_740_991,
      day: '2026-11-21',
      locales: ['en', 'ar'],
    });
  });

  it('inserts many rows at once from arrays', async () => {
    const { rows } = await backend.db.raw(
      `select room, seq, bytes from unnest(?::uuid[], ?::bigint[], ?::bytea[]) as t(room, seq, bytes)`,
      [
        ['6b0f4c1e-5c39-4b39-9a29-0d5b0a0a1f01', '6b0f4c1e-5c39-4b39-9a29-0d5b0a0a1f02'],
        [1, 2],
        [Buffer.from('a"b,{}'), Buffer.from([])],
      ],
    );
    expect(rows).toEqual([
      { room: '6b0f4c1e-5c39-4b39-9a29-0d5b0a0a1f01', seq: 1, bytes: Buffer.from('a"b,{}') },
      { room: '6b0f4c1e-5c39-4b39-9a29-0d5b0a0a1f02', seq: 2, bytes: Buffer.from([]) },
    ]);
  });

  it('counts the rows that a statement changed', async () => {
    const id = randomUUID();
    await backend.db('device_sessions').insert({
      id,
      token_hash: Buffer.from(id),
      created_on: '2026-11-21',
      expires_on: '2026-12-21',
    });
    expect(await backend.db('device_sessions').where({ id }).update({ expires_on: '2026-12-22' })).toBe(1);
    expect(await backend.db('device_sessions').where({ id }).delete()).toBe(1);
    expect(await backend.db('device_sessions').where({ id }).delete()).toBe(0);
  });

  it('rolls a failed transaction back', async () => {
    const id = randomUUID();
    const failing = backend.db.transaction(async (trx) => {
      await trx('device_sessions').insert({
        id,
        token_hash: Buffer.from(id),
        created_on: '2026-11-21',
        expires_on: '2026-12-21',
      });
      await trx.raw('select 1/0');
    });
    await expect(failing).rejects.toThrow();
    expect(await backend.db('device_sessions').where({ id })).toEqual([]);
  });

  it('keeps values out of error messages', async () => {
    const secret = 'the-word-that-must-not-appear';
    const failing = backend.db('partnerships').insert({ id: randomUUID(), template: secret });
    await expect(failing).rejects.toThrow(expect.not.stringContaining(secret));
  });

  it('comes back by itself after its connection was cut', async () => {
    if (backend.kind === 'pglite') return;
    const cut = backend.db.raw('select pg_terminate_backend(pg_backend_pid())');
    expect(
      isDatabaseAway(
        await cut.then(
          () => null,
          (error: unknown) => error,
        ),
      ),
    ).toBe(true);
    // A question asked before the socket says that it is closed still fails; no more than one for each connection.
    let tries = 0;
    while (!(await answersWithin(backend.db, 2_000))) expect((tries += 1)).toBeLessThan(10);
  });

  it('migrates again without doing anything, even twice at once', async () => {
    await Promise.all([migrate(backend.db), migrate(backend.db)]);
    expect(await backend.db('partnerships')).toEqual([]);
  });
});

describe('a database that does not answer', () => {
  /** What a question to this port fails with. */
  const askAt = async (port: number): Promise<unknown> => {
    const db = knexOverPostgres(`postgres://somebody@127.0.0.1:${port}/any`, 1);
    try {
      return await db.raw('select 1').then(
        () => null,
        (error: unknown) => error,
      );
    } finally {
      await db.destroy();
    }
  };

  it.each([
    ['takes the call and says nothing', (socket: Socket) => void socket.resume()],
    ['hangs up at once', (socket: Socket) => void socket.destroy()],
    ['hangs up after the first words', (socket: Socket) => void socket.once('data', () => socket.end())],
  ])(
    'is known as away where it %s',
    async (_how, answer) => {
      const sockets = new Set<Socket>();
      const server = createServer((socket) => {
        sockets.add(socket);
        socket.on('error', () => undefined);
        answer(socket);
      });
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      const error = await askAt((server.address() as AddressInfo).port);
      for (const socket of sockets) socket.destroy();
      server.close();
      expect(error).toBeInstanceOf(Error);
      expect(isDatabaseAway(error)).toBe(true);
    },
    20_000,
  );
});

describe('opening the database', () => {
  const folder = () => mkdtempSync(path.join(tmpdir(), 'longtable-db-'));

  it('sets the embedded database up, says so, and keeps what was written', async () => {
    const dataDir = folder();
    const said: string[] = [];
    const env = { databaseUrl: undefined, dataDir };
    const first = await openDatabase(env, { onProgress: (sentence) => said.push(sentence) });
    await migrate(first.db);
    await first.db.raw("create table kept (word text); insert into kept values ('lamp')");
    await expect(openDatabase(env)).rejects.toThrow(
      `The data folder ${dataDir} is in use by another Longtable, process ${process.pid}.`,
    );
    await first.close();
    const second = await openDatabase(env, { onProgress: (sentence) => said.push(sentence) });
    expect(await second.db('kept').pluck('word')).toEqual(['lamp']);
    await second.close();
    expect(said).toEqual(['Setting up the embedded database, this takes a few seconds …']);
    rmSync(dataDir, { recursive: true });
  }, 60_000);

  it('says so where the folder cannot be', async () => {
    const dataDir = path.join(fileURLToPath(import.meta.url), 'data');
    await expect(openDatabase({ databaseUrl: undefined, dataDir })).rejects.toThrow(
      `The data folder ${dataDir} cannot be written (ENOTDIR). Give this user the right to write there`,
    );
  });

  it('says so where no PostgreSQL answers, without the password', async () => {
    const failing = openDatabase({ databaseUrl: 'postgres://someone:s3cret@127.0.0.1:1/none', dataDir: '' });
    await expect(failing).rejects.toThrow(
      'The database at DATABASE_URL does not answer (127.0.0.1:1/none, ECONNREFUSED). ' +
        'Check that PostgreSQL runs there and that user, password and database name are right.',
    );
  });
});

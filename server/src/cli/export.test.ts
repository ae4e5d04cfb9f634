import { randomUUID } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { DocumentId } from '@longtable/shared/ids';
import { type Env, readEnv } from '../env.ts';
import { migrate, openDatabase } from '../platform/db.ts';
import { openFileKeyring } from '../platform/file-keyring.ts';
import { readMarkdownText } from '../testing/exports/read-markdown.ts';
import { JOINT_TEXT, SEEDED_SECTION, type SeededPlan, seedPlan } from '../testing/exports/seed-plan.ts';
import { createTestClock } from '../testing/test-clock.ts';
import { exportCommand, exportToFile } from './export.ts';

/** Making the embedded database takes seconds, more on a busy machine. */
jest.setTimeout(120_000);

describe('longtable export', () => {
  let folder: string;
  let env: Env;
  let seeded: SeededPlan;
  const out = (name: string) => path.join(folder, 'out', name);
  const plan = () => ({ document: seeded.documentId, format: 'md', locale: 'en' }) as const;
  const written = async () => (await readdir(folder)).filter((name) => name.includes('plan'));

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'longtable-export-'));
    env = readEnv({ DATA_DIR: path.join(folder, 'data'), KEYS_DIR: path.join(folder, 'keys') });
    const database = await openDatabase(env);
    const keyring = await openFileKeyring(env.keysDir);
    await migrate(database.db);
    seeded = await seedPlan({ db: database.db, keyring, clock: createTestClock(), env });
    await keyring.close();
    await database.close();
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('writes what was committed before the server stopped', async () => {
    const file = path.join(folder, 'plan.md');
    await exportToFile(env, plan(), file);
    expect(readMarkdownText(await readFile(file, 'utf8'), SEEDED_SECTION.number)).toBe(JOINT_TEXT);
    expect(await written()).toEqual(['plan.md']);
    await rm(file);
  });

  it('names the process that has the data open, and writes nothing', async () => {
    const running = await openDatabase(env);
    try {
      await expect(exportToFile(env, plan(), path.join(folder, 'plan.md'))).rejects.toThrow(
        /data.*(uses|used|process)/s,
      );
    } finally {
      await running.close();
    }
    expect(await written()).toEqual([]);
  });

  it('finds out that the file cannot be written before it opens anything', async () => {
    const running = await openDatabase(env);
    try {
      await expect(exportToFile(env, plan(), out('plan.md'))).rejects.toThrow('there is no such folder');
    } finally {
      await running.close();
    }
  });

  it('writes nothing for a document that is not there, and gives the data free again', async () => {
    const absent = { ...plan(), document: DocumentId.parse(randomUUID()) };
    for (let i = 0; i < 2; i++)
      await expect(exportToFile(env, absent, path.join(folder, 'plan.md'))).rejects.toThrow('notFound');
    expect(await written()).toEqual([]);
  });

  it('makes no new database or keys where there are none', async () => {
    const empty = path.join(folder, 'empty');
    for (const [where, sentence] of [
      [{ ...env, dataDir: empty }, `There is no folder ${empty}. Set DATA_DIR`],
      [{ ...env, keysDir: empty }, `There is no folder ${empty}. Set KEYS_DIR`],
    ] as const) {
      await expect(exportToFile(where, plan(), path.join(folder, 'plan.md'))).rejects.toThrow(sentence);
    }
    expect(await readdir(folder)).not.toContain('empty');
  });

  it.each([
    [['nonsense', '--format', 'md', '--out', 'x'], /named by its id/],
    [[randomUUID(), '--format', 'exe', '--out', 'x'], /Choose one of pdf, docx, md\./],
    [[randomUUID(), '--format', 'md', '--out', 'x', '--locale', 'xx'], /Choose one of en, ar\./],
    [[randomUUID(), '--format', 'md'], /required option '--out <file>'/],
  ])('says what is wrong with %j', async (args, sentence) => {
    const said: string[] = [];
    const command = exportCommand()
      .exitOverride()
      .configureOutput({ writeErr: (text) => said.push(text) });
    await expect(command.parseAsync(args, { from: 'user' })).rejects.toMatchObject({ exitCode: 1 });
    expect(said.join('')).toMatch(sentence);
  });
});

import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { checkTarget, writeWhole } from './write-file.ts';

describe('writing an export', () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'longtable-out-'));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('replaces the file at once and leaves nothing beside it', async () => {
    const file = path.join(folder, 'plan.md');
    await writeFile(file, 'old');
    await checkTarget(file);
    expect(await readFile(file, 'utf8')).toBe('old');
    await writeWhole(file, Buffer.from('new'));
    expect(await readFile(file, 'utf8')).toBe('new');
    expect(await readdir(folder)).toEqual(['plan.md']);
  });

  it.each([
    [
      'a folder that is not there',
      ['nowhere', 'plan.md'],
      /nowhere.plan\.md cannot be written: there is no such folder\.$/,
    ],
    ['a folder instead of a file', ['sub'], /sub is a folder\. Give the name of a file\.$/],
    [
      'a file where a folder should be',
      ['file', 'plan.md'],
      /cannot be written: part of its path is not a folder\.$/,
    ],
    ['a name that is too long', ['x'.repeat(300)], /cannot be written: the name is too long\.$/],
  ])('says why %s cannot be written', async (_, parts, sentence) => {
    await mkdir(path.join(folder, 'sub'));
    await writeFile(path.join(folder, 'file'), '');
    await expect(checkTarget(path.join(folder, ...parts))).rejects.toThrow(sentence);
    expect((await readdir(folder)).sort()).toEqual(['file', 'sub']);
  });

  it('leaves no draft when the place is taken meanwhile', async () => {
    const file = path.join(folder, 'plan.md');
    await checkTarget(file);
    await mkdir(path.join(file, 'inside'), { recursive: true });
    await expect(writeWhole(file, Buffer.from('x'))).rejects.toThrow('cannot be written');
    expect(await readdir(folder)).toEqual(['plan.md']);
  });
});

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { makeFolder } from './make-folder.ts';

describe('making a folder', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(path.join(tmpdir(), 'longtable-folder-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('makes those above it too, for this user alone, and is content with one that is there', () => {
    const folder = path.join(root, 'a', 'b', 'c');
    makeFolder(folder);
    makeFolder(folder);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(path.join(root, 'a')).mode & 0o777).toBe(0o700);
  });

  it('follows a link to a folder, and refuses a link to nowhere', () => {
    symlinkSync(root, path.join(root, 'here'));
    makeFolder(path.join(root, 'here', 'data'));
    expect(existsSync(path.join(root, 'data'))).toBe(true);
    symlinkSync(path.join(root, 'nowhere'), path.join(root, 'gone'));
    expect(() => makeFolder(path.join(root, 'gone', 'data'))).toThrow();
  });

  it('comes back with an error where a file is in the way, and where a system takes no folders', () => {
    const file = path.join(root, 'file');
    writeFileSync(file, '');
    expect(() => makeFolder(file)).toThrow('EEXIST');
    expect(() => makeFolder(path.join(file, 'data'))).toThrow('ENOTDIR');
    if (process.platform === 'linux') expect(() => makeFolder('/proc/longtable/data')).toThrow('ENOENT');
  });
});

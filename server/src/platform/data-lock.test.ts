import { afterEach, describe, expect, it } from '@jest/globals';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  existsSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { hostname, tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { takeDataLock } from './data-lock.ts';
import { StartupError } from './startup-error.ts';

const lockModule = fileURLToPath(new URL('./data-lock.ts', import.meta.url));

/** Another process that takes the lock, says so, and holds it until it is killed. */
async function startHolder(folder: string): Promise<ChildProcess> {
  const script = `
    import { takeDataLock } from ${JSON.stringify(lockModule)};
    takeDataLock(${JSON.stringify(folder)});
    process.stdout.write('held');
    setInterval(() => {}, 1000);
  `;
  const child = spawn(
    process.execPath,
    ['--conditions=source', '--import', 'tsx', '--input-type=module', '-e', script],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, NODE_OPTIONS: '' },
    },
  );
  await once(child.stdout!, 'data');
  return child;
}

describe('the lock of the data folder', () => {
  const folders: string[] = [];
  const children: ChildProcess[] = [];
  const newFolder = () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'longtable-lock-'));
    folders.push(folder);
    return folder;
  };
  afterEach(() => {
    for (const child of children.splice(0)) child.kill('SIGKILL');
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
  });

  it('is held once, given free, and leaves nothing behind', () => {
    const folder = newFolder();
    const lock = takeDataLock(folder);
    expect(() => takeDataLock(folder)).toThrow(StartupError);
    lock.release();
    expect(readdirSync(folder)).toEqual([]);
    takeDataLock(folder).release();
  });

  it('names the folder and the process that holds it, and is free at once when that is killed', async () => {
    const folder = newFolder();
    const holder = await startHolder(folder);
    children.push(holder);
    expect(() => takeDataLock(folder)).toThrow(
      `The data folder ${folder} is in use by another Longtable, process ${holder.pid}.`,
    );
    const ended = once(holder, 'exit');
    holder.kill('SIGKILL');
    await ended;
    expect(existsSync(path.join(folder, 'longtable.lock'))).toBe(true);
    takeDataLock(folder).release();
    expect(readdirSync(folder)).toEqual([]);
  });

  const leave = (folder: string, holder: object, ageMs = 0) => {
    const file = path.join(folder, 'longtable.lock');
    writeFileSync(file, JSON.stringify(holder));
    const at = new Date(Date.now() - ageMs);
    utimesSync(file, at, at);
  };

  it('takes over from a dead process whose id somebody else has now', () => {
    const folder = newFolder();
    leave(folder, { pid: process.pid, startedAt: 'another boot:1', host: hostname(), nonce: 'a' });
    takeDataLock(folder).release();
  });

  it('takes over a file that is no lock', () => {
    const folder = newFolder();
    writeFileSync(path.join(folder, 'longtable.lock'), '');
    takeDataLock(folder).release();
  });

  it('goes by age where the holder is in another container', () => {
    const folder = newFolder();
    const elsewhere = { pid: 1, startedAt: 'x:1', host: 'another-host', nonce: 'a' };
    leave(folder, elsewhere);
    expect(() => takeDataLock(folder)).toThrow(/in use by another Longtable, process 1\./);
    leave(folder, elsewhere, 60_000);
    const lock = takeDataLock(folder);
    expect(JSON.parse(readFileSync(path.join(folder, 'longtable.lock'), 'utf8'))).toMatchObject({
      pid: process.pid,
    });
    lock.release();
  });
});

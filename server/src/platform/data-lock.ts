import { randomUUID } from 'node:crypto';
import { linkSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { makeFolder } from './make-folder.ts';
import { StartupError } from './startup-error.ts';

/**
 * The embedded database neither refuses a second process on its folder nor says so, and two of them
 * destroy it. So one process at a time holds `longtable.lock`. A SIGKILL leaves the file behind: its
 * holder is then found dead at once, by process id and start time, so a restart never waits.
 *
 * A holder in another container or on another machine cannot be looked up; there the file's age counts,
 * which its holder renews.
 */
const LOCK_FILE = 'longtable.lock';

/** How often a holder renews its file, and after how long a foreign one counts as gone. */
const RENEW_MS = 3_000;
const FOREIGN_STALE_MS = 12_000;

const Holder = z.object({
  pid: z.number().int(),
  startedAt: z.string(),
  host: z.string(),
  nonce: z.string(),
});
type Holder = z.infer<typeof Holder>;

export interface DataLock {
  release(): void;
}

/** @throws StartupError naming the folder and the process that uses it, or why the folder cannot be written */
export function takeDataLock(folder: string): DataLock {
  const file = path.join(folder, LOCK_FILE);
  const mine: Holder = {
    pid: process.pid,
    startedAt: startOf(process.pid) ?? '',
    host: hostname(),
    nonce: randomUUID(),
  };
  const draft = `${file}.${mine.nonce}`;
  try {
    makeFolder(folder);
    writeFileSync(draft, JSON.stringify(mine), { flag: 'wx', flush: true, mode: 0o600 });
  } catch (cause) {
    throw new StartupError(
      `The data folder ${folder} cannot be written (${codeOf(cause)}). Give this user the right to write there, or set DATA_DIR to another folder.`,
      { cause },
    );
  }
  try {
    claim(file, draft, folder);
  } finally {
    rmSync(draft, { force: true });
  }
  const renewal = setInterval(() => renew(file, mine), RENEW_MS);
  renewal.unref();
  return {
    release: () => {
      clearInterval(renewal);
      if (read(file)?.nonce === mine.nonce) rmSync(file, { force: true });
    },
  };
}

/** Who holds a data folder now; null where nobody who is alive does. Takes nothing. */
export function findHolder(folder: string): { pid: number } | null {
  const file = path.join(folder, LOCK_FILE);
  const holder = read(file);
  return holder && isAlive(holder, file) ? { pid: holder.pid } : null;
}

/** Linking a finished file is atomic: nobody ever reads a lock that is half written. */
function claim(file: string, draft: string, folder: string): void {
  for (;;) {
    try {
      linkSync(draft, file);
      return;
    } catch (cause) {
      if (codeOf(cause) !== 'EEXIST') {
        throw new StartupError(
          `The data folder ${folder} cannot hold its lock file (${codeOf(cause)}). Choose another DATA_DIR.`,
          { cause },
        );
      }
    }
    const holder = read(file);
    if (holder && isAlive(holder, file)) {
      throw new StartupError(
        `The data folder ${folder} is in use by another Longtable, process ${holder.pid}. ` +
          'Stop that one first. A second server needs another DATA_DIR.',
      );
    }
    removeStale(file, holder);
  }
}

/**
 * Two starters may both find the same dead lock. Whoever moves it aside checks what it took: a fresh lock,
 * put there by the other starter in between, goes back.
 */
function removeStale(file: string, seen: Holder | null): void {
  const aside = `${file}.${randomUUID()}`;
  try {
    renameSync(file, aside);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  const taken = read(aside);
  try {
    if (taken && taken.nonce !== seen?.nonce) linkSync(aside, file);
  } finally {
    rmSync(aside, { force: true });
  }
}

function read(file: string): Holder | null {
  try {
    return Holder.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

function renew(file: string, mine: Holder): void {
  if (read(file)?.nonce !== mine.nonce) return;
  const now = new Date();
  try {
    utimesSync(file, now, now);
  } catch {
    // Only holders elsewhere look at the age; a missed renewal is caught by the next.
  }
}

function isAlive(holder: Holder, file: string): boolean {
  if (holder.host !== hostname()) return Date.now() - statSync(file).mtimeMs < FOREIGN_STALE_MS;
  // In a container every start has the same process id: the start time tells them apart.
  const startedAt = startOf(holder.pid);
  if (startedAt !== null) return startedAt === holder.startedAt;
  return process.platform !== 'linux' && answersSignal(holder.pid);
}

function answersSignal(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return codeOf(error) === 'EPERM';
  }
}

/** Boot and tick at which a living process started; null where it is dead, a zombie, or the system has no /proc. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field, a program's name in brackets, may itself hold spaces and brackets.
    const [state, ...rest] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    if (state === 'Z' || state === 'X') return null;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${rest[18]}`;
  } catch {
    return null;
  }
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'unknown error';

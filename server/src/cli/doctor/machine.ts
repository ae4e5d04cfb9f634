import { existsSync, readFileSync } from 'node:fs';
import { statfs } from 'node:fs/promises';
import path from 'node:path';
import type { Env } from '../../env.ts';
import type { Clock } from '../../platform/clock.ts';
import { codeOf, type Finding, look, ok, wrong } from './finding.ts';

const MIN_NODE = { major: 20, minor: 19 };

/** A workshop writes a few megabytes; below this a busy week may fill the disk, and then nothing is saved. */
const LITTLE_BYTES = 1_000_000_000;
const TOO_LITTLE_BYTES = 100_000_000;

/** Each key is a file of its own; some file systems run out of files before they run out of bytes. */
const TOO_FEW_FILES = 1_000;

/** This version was not written before, and its certificates and codes will not be used after. */
const FIRST_YEAR = 2026;
const LAST_YEAR = 2126;

export function checkVersions(node = process.versions.node): Finding[] {
  const { version } = JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')) as {
    version: string;
  };
  const [major = 0, minor = 0] = node.split('.').map(Number);
  const isOld = major < MIN_NODE.major || (major === MIN_NODE.major && minor < MIN_NODE.minor);
  const needed = `${MIN_NODE.major}.${MIN_NODE.minor}`;
  return [
    ok('Longtable', `version ${version}.`),
    isOld
      ? wrong('Node', `version ${node} is too old. Install ${needed} or later.`)
      : ok('Node', `version ${node}.`),
  ];
}

export function checkPublicUrl({ publicUrl }: Pick<Env, 'publicUrl'>): Finding {
  return publicUrl.startsWith('https:')
    ? ok('PUBLIC_URL', `people open ${publicUrl}.`)
    : look(
        'PUBLIC_URL',
        `${publicUrl} can be opened on this computer only. To let others in, set PUBLIC_URL to an https address; the README says how.`,
      );
}

/** A wrong day makes codes and sessions end too early or too late, and is printed beside what was agreed. */
export function checkClock(clock: Clock): Finding {
  const today = clock.today();
  const year = Number(today.slice(0, 4));
  return year < FIRST_YEAR || year > LAST_YEAR
    ? wrong(
        'Clock',
        `this computer says that today is ${today}. Set its clock, best by a time service (NTP).`,
      )
    : ok('Clock', `today is ${today} (UTC).`);
}

export async function checkDisk(name: string, folder: string): Promise<Finding> {
  const about = `Disk of ${name}`;
  try {
    const { bavail, bsize, files, ffree } = await statfs(nearest(folder));
    const free = bavail * bsize;
    const room = `${(free / 1_000_000_000).toFixed(1)} GB are free in ${folder}.`;
    const advice = 'Delete what is not needed there, or move it to a larger disk.';
    if (free < TOO_LITTLE_BYTES) return wrong(about, `only ${room} ${advice}`);
    if (files > 0 && ffree < TOO_FEW_FILES)
      return wrong(about, `it can hold only ${ffree} more files. ${advice}`);
    return free < LITTLE_BYTES ? look(about, `only ${room} ${advice}`) : ok(about, room);
  } catch (error) {
    return look(about, `it does not say how much is free (${codeOf(error)}). Look yourself, with df.`);
  }
}

/** The folder, or what is there of its path. */
function nearest(folder: string): string {
  const parent = path.dirname(folder);
  return existsSync(folder) || parent === folder ? folder : nearest(parent);
}

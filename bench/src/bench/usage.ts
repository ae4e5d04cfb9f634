import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import type { BenchServer } from './servers.ts';
import { pause } from './wait.ts';

const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
/** Of /proc/PID/stat, counted after the command's closing bracket: user and system time. */
const UTIME = 11;
const STIME = 12;

/** Processor seconds that a process has used since it started, by all its threads. Linux only. */
export function cpuSecondsOf(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[UTIME]) + Number(fields[STIME])) / TICKS_PER_SECOND;
}

export const ownCpuSeconds = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000_000;
};

/** Resident memory in MB of 1,000,000 bytes. */
export function residentMbOf(pid: number): number {
  const kb = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return (Number(kb) * 1_024) / 1_000_000;
}

/** Two looks that are closer than this are one figure: the kernel counts in pages, V8 in larger steps. */
const STANDS_STILL_MB = 0.5;
const LOOK_EVERY_MS = 1_000;
const MOST_LOOKS = 20;

/**
 * Resident memory after the server has let go of what nothing needs any more, once it stands still: without this it
 * says how long ago V8 last cleaned up. @throws where it never does
 */
export function settledMbOf(server: BenchServer): Promise<number> {
  return settled(async () => {
    server.collectGarbage();
    await pause(LOOK_EVERY_MS);
    return residentMbOf(server.pid);
  });
}

/** The first look, in MB, that is no different from the one before. @throws where there is none */
export async function settled(look: () => Promise<number>): Promise<number> {
  let before = Number.POSITIVE_INFINITY;
  for (let looks = 0; looks < MOST_LOOKS; looks++) {
    const now = await look();
    if (Math.abs(before - now) < STANDS_STILL_MB) return now;
    before = now;
  }
  throw new Error(`memory did not stand still in ${MOST_LOOKS} looks; the last saw ${before.toFixed(1)} MB`);
}

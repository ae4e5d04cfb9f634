import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Asked } from './asked.ts';
import type { Metrics } from './metrics.ts';
import { describeNewest } from './profile.ts';
import { type Scenario, SCENARIOS, type ScenarioName } from './scenarios/scenarios.ts';
import { ENDING_MS, isTimeForMore, PIPES_MS } from './time-limits.ts';
import { pinned, type ServerName } from './servers.ts';
import { pause } from './wait.ts';

const GENERATOR = fileURLToPath(new URL('./generator.ts', import.meta.url));

export interface Runs {
  measured: Map<ServerName, Metrics[]>;
  /** A sentence each. */
  troubles: string[];
}

/** Plays one scenario on its servers, which take turns. A run that fails is told, and the others go on. */
export async function playScenario(
  name: ScenarioName,
  asked: Asked,
  say: (line: string) => void,
): Promise<Runs> {
  const scenario: Scenario = SCENARIOS[name];
  const servers = asked.servers ?? scenario.servers;
  const measured = new Map<ServerName, Metrics[]>(servers.map((server) => [server, []]));
  const troubles: string[] = [];
  let longestRoundMs = 0;
  for (let run = 1; run <= asked.runs; run++) {
    const startedMs = Date.now();
    if (run > 1 && !isTimeForMore(startedMs, longestRoundMs, asked.untilMs)) break;
    const round: [ServerName, Metrics][] = [];
    const failed: string[] = [];
    for (const server of servers) {
      say(`${name}, run ${run}${asked.isQuick ? '' : ` of ${asked.runs}`}: ${server} …`);
      try {
        round.push([server, await runOnce(name, server, asked)]);
      } catch (error) {
        failed.push((error as Error).message);
        say(`It failed. ${(error as Error).message}`);
      }
      if (asked.profile) say((await describeNewest(asked.profile)).join('\n'));
    }
    if (run > 1 && failed.length > 0 && Date.now() >= asked.untilMs) {
      // Every server once more, or none: medians of the same number of runs.
      say('The time is over; the last round does not count.');
      break;
    }
    for (const [server, metrics] of round) measured.get(server)?.push(metrics);
    troubles.push(...failed);
    longestRoundMs = Math.max(longestRoundMs, Date.now() - startedMs);
  }
  return { measured, troubles };
}

async function runOnce(
  scenario: ScenarioName,
  server: ServerName,
  { seconds, scale, profile, untilMs, mostRunMs }: Asked,
): Promise<Metrics> {
  const leftMs = Math.min(mostRunMs, untilMs - Date.now());
  if (leftMs <= 0) throw new Error(`${scenario} on ${server}: the time is over.`);
  const [file, ...args] = pinned(1, [process.execPath, '--conditions=source', '--import', 'tsx', GENERATOR]);
  const child = spawn(file, [...args, scenario, server, String(seconds), String(scale)], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...(profile ? { BENCH_PROFILE: path.resolve(profile) } : {}) },
  });
  let printed = '';
  let troubles = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (troubles += text));
  const timers = [
    setTimeout(() => child.kill('SIGTERM'), leftMs),
    setTimeout(() => child.kill('SIGKILL'), leftMs + ENDING_MS),
  ];
  const startedMs = Date.now();
  const closed = once(child, 'close');
  const [status] = (await once(child, 'exit')) as [number | null];
  // A server that outlived its generator would hold the pipes open for ever.
  await Promise.race([closed, pause(PIPES_MS)]);
  for (const timer of timers) clearTimeout(timer);
  if (status === 0) return JSON.parse(printed.trim().split('\n').at(-1) ?? '') as Metrics;
  const isTimeUp = Date.now() - startedMs >= leftMs;
  throw new Error(
    `${scenario} on ${server}: ${isTimeUp ? `it was ended after ${leftMs} ms` : troubles.trim()}`,
  );
}

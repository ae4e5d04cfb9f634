import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** What a developer's own shell may have set; a test says what it wants. */
const OURS = [
  'PORT',
  'DATA_DIR',
  'KEYS_DIR',
  'DATABASE_URL',
  'REDIS_URL',
  'KEYS_DATABASE_URL',
  'PUBLIC_URL',
  'EXIT_URL',
  'OPERATOR',
];

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export interface Program {
  readonly printed: string;
  readonly ended: Promise<Ended>;
  kill(signal: NodeJS.Signals): void;
}

type Command = readonly [string, ...string[]];
type Settings = Readonly<Record<string, string>>;

export const SERVER: Command = [process.execPath, 'server/dist/main.js'];

/** Starts a program of this checkout, with these settings and no others of ours. */
export function start([file, ...args]: Command, settings: Settings = {}): Program {
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !OURS.includes(name)));
  const child = spawn(file, args, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...inherited, ...settings },
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  return {
    get printed() {
      return stdout + stderr;
    },
    ended: once(child, 'close').then(([code]) => ({ code: code as number | null, stdout, stderr })),
    kill: (signal) => void child.kill(signal),
  };
}

export const run = (command: Command, settings: Settings = {}): Promise<Ended> =>
  start(command, settings).ended;

/** As the README says to call it. */
export const longtable = (args: readonly string[], settings: Settings = {}): Promise<Ended> =>
  run(['npm', 'run', '--silent', 'longtable', '--', ...args], settings);

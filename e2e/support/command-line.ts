import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a program of this checkout to its end, with nothing of our settings but these. */
export async function run(
  [file, ...args]: readonly [string, ...string[]],
  env: Record<string, string> = {},
): Promise<Ended> {
  const names = [
    'PORT',
    'DATA_DIR',
    'KEYS_DIR',
    'DATABASE_URL',
    'REDIS_URL',
    'KEYS_DATABASE_URL',
    'PUBLIC_URL',
    'EXIT_URL',
  ];
  const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !names.includes(name)));
  const child = spawn(file, args, {
    cwd: ROOT,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...inherited, ...env } as Record<string, string>,
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, stdout, stderr };
}

/** As the README says to call it. */
export const longtable = (args: readonly string[], env: Record<string, string>): Promise<Ended> =>
  run(['npm', 'run', '--silent', 'longtable', '--', ...args], env);

export const SERVER = [process.execPath, 'server/dist/main.js'] as const;

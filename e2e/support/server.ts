import { type ChildProcess, spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** PGlite's first start makes a whole database; on a busy machine that takes its time. */
const START_TIMEOUT_MS = 90_000;
const STOP_TIMEOUT_MS = 20_000;
/** How often another program may take a port between its being found free and the server's start. */
const PORT_TRIES = 4;
/**
 * Where free ports are looked for: below what systems hand to outgoing connections (from 32768 on), so that no
 * browser and no probe gets one while its server is away, and above what browsers refuse to open.
 */
const PORTS = { from: 20_000, to: 32_767 };

export interface ServerOptions {
  /** PostgreSQL instead of the embedded database. */
  databaseUrl?: string;
  env?: Record<string, string>;
  /** What to run; the built server, unless a test is about another way to start it. */
  command?: readonly [string, ...string[]];
  /** Where to run it, if not in this checkout. */
  cwd?: string;
}

export interface RunningServer {
  readonly url: string;
  readonly port: number;
  readonly dataDir: string;
  readonly keysDir: string;
  readonly pid: number;
  /** Everything that the server has printed since the first start. */
  logs(): string;
  /** Sends the signal and resolves when the process is gone. */
  kill(signal: NodeJS.Signals): Promise<void>;
  /** Starts it again on the same port and the same folders; stops it first if it still runs. */
  restart(): Promise<void>;
  /** Ends it kindly and removes its folders. */
  stop(): Promise<void>;
}

/** Starts Longtable as its own process, on a free port and fresh folders, and waits until it is ready. */
export async function startServer(options: ServerOptions = {}): Promise<RunningServer> {
  const folder = await mkdtemp(path.join(tmpdir(), 'longtable-e2e-'));
  const [dataDir, keysDir] = [path.join(folder, 'data'), path.join(folder, 'keys')];
  let port = 0;
  let url = '';
  let printed = '';
  let child: ChildProcess;

  const isRunning = () => child.exitCode === null && child.signalCode === null;

  async function start(): Promise<void> {
    const [file, ...args] = options.command ?? [process.execPath, 'server/dist/main.js'];
    const { DATABASE_URL: _a, REDIS_URL: _b, KEYS_DATABASE_URL: _c, ...inherited } = process.env;
    child = spawn(file, args, {
      cwd: options.cwd ?? ROOT,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...inherited,
        PORT: String(port),
        PUBLIC_URL: url,
        DATA_DIR: dataDir,
        KEYS_DIR: keysDir,
        ...(options.databaseUrl ? { DATABASE_URL: options.databaseUrl } : {}),
        ...options.env,
      },
    });
    child.on('error', (error) => (printed += String(error)));
    for (const stream of [child.stdout, child.stderr]) {
      stream?.setEncoding('utf8').on('data', (text: string) => (printed += text));
    }
    try {
      await ready();
    } catch (error) {
      await kill('SIGKILL');
      throw error;
    }
  }

  async function ready(): Promise<void> {
    const deadlineMs = Date.now() + START_TIMEOUT_MS;
    while (Date.now() < deadlineMs) {
      if (!isRunning()) throw new Error(`The server ended before it was ready.\n${printed}`);
      const answer = await fetch(`${url}/readyz`).catch(() => null);
      await answer?.body?.cancel();
      if (answer?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`The server was not ready within ${START_TIMEOUT_MS} ms.\n${printed}`);
  }

  async function kill(signal: NodeJS.Signals): Promise<void> {
    if (!isRunning()) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    const stubborn = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS);
    await gone;
    clearTimeout(stubborn);
  }

  /** Between the probe and the server another program may take the port. */
  async function startSomewhere(triesLeft: number): Promise<void> {
    port = await freePort();
    url = `http://localhost:${port}`;
    try {
      await start();
    } catch (error) {
      if (triesLeft === 0 || !printed.includes(`Port ${port} is taken`)) throw error;
      await startSomewhere(triesLeft - 1);
    }
  }

  await startSomewhere(PORT_TRIES).catch(async (error: unknown) => {
    await rm(folder, { recursive: true, force: true });
    throw error;
  });

  return {
    url,
    port,
    dataDir,
    keysDir,
    get pid() {
      return child.pid ?? 0;
    },
    logs: () => printed,
    kill,
    restart: async () => {
      await kill('SIGTERM');
      await start();
    },
    stop: async () => {
      await kill('SIGTERM');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A port that nobody listens on now. The server keeps it over restarts, so it cannot choose one itself. */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(PORTS.from, PORTS.to + 1);
    const probe = createServer().listen(port, '127.0.0.1');
    const isFree = await once(probe, 'listening').then(
      () => true,
      () => false,
    );
    if (!isFree) continue;
    probe.close();
    await once(probe, 'close');
    return port;
  }
}

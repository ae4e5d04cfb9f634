import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { freePort, startServer } from '../../../e2e/support/server.ts';
import { createFreshDatabase } from '../replay/fresh-database.ts';

/** Who stands beside whom in one run. */
export const SERVER_NAMES = [
  'longtable',
  'longtable-pglite',
  'hocuspocus',
  'y-websocket',
  'ws-relay',
  'socketio-relay',
] as const;
export type ServerName = (typeof SERVER_NAMES)[number];

export interface BenchServer {
  readonly name: ServerName;
  /** http://… */
  readonly url: string;
  readonly pid: number;
  /** Of its own, in PostgreSQL. */
  readonly databaseUrl: string | undefined;
  /** As a power cut for the process: nothing of it runs any more. */
  kill(): Promise<void>;
  /** Kindly, so that it can write down what it holds. */
  end(): Promise<void>;
  /** On the same port and the same data; resolves when it answers. */
  start(): Promise<void>;
  /** Where it was started to be able to: lets go of all memory that nothing needs any more. */
  collectGarbage(): void;
  /** Ends it and removes its data. */
  dispose(): Promise<void>;
}

export interface BenchServerOptions {
  /** Where databases may be created; without it `longtable` is embedded and Hocuspocus in memory. */
  databaseUrl: string | undefined;
  /** With Node's `--expose-gc` and a listener that collects when it is told to. */
  collects: boolean;
}

const START_TIMEOUT_MS = 30_000;
const ROOT = fileURLToPath(new URL('../../..', import.meta.url));

/** Node's own profiler, written when the server ends. */
const profiling = process.env.BENCH_PROFILE
  ? ['--cpu-prof', `--cpu-prof-dir=${process.env.BENCH_PROFILE}`]
  : [];

/** Every server is Node, so one line does it for all of them, whatever they are. */
const COLLECT_SIGNAL = 'SIGUSR2';
const collecting = [
  '--expose-gc',
  '--import',
  `data:text/javascript,process.on(${JSON.stringify(COLLECT_SIGNAL)},()=>{globalThis.gc();globalThis.gc()})`,
];

const hasTaskset = spawnSync('taskset', ['-V']).status === 0;
/** The servers share the first core, one at a time; the generator has the second. */
export const pinned = (core: 0 | 1, command: readonly string[]): [string, ...string[]] =>
  (hasTaskset ? ['taskset', '-c', String(core), ...command] : [...command]) as [string, ...string[]];
export const isPinned = hasTaskset;

export async function startBenchServer(
  name: ServerName,
  { databaseUrl, collects }: BenchServerOptions,
): Promise<BenchServer> {
  const wantsDatabase = name === 'longtable' || name === 'hocuspocus';
  const database = wantsDatabase && databaseUrl ? await createFreshDatabase(databaseUrl) : null;
  const node = [process.execPath, ...profiling, ...(collects ? collecting : [])];
  try {
    return name === 'longtable' || name === 'longtable-pglite'
      ? await startLongtable(name, node, database)
      : await startPeer(name, node, database);
  } catch (error) {
    await database?.drop();
    throw error;
  }
}

type Database = Awaited<ReturnType<typeof createFreshDatabase>> | null;

async function startLongtable(
  name: ServerName,
  node: readonly string[],
  database: Database,
): Promise<BenchServer> {
  const server = await startServer({
    command: pinned(0, [...node, 'server/dist/main.js']),
    ...(database ? { databaseUrl: database.url } : {}),
  });
  return {
    name,
    url: server.url,
    get pid() {
      return server.pid;
    },
    kill: () => server.kill('SIGKILL'),
    end: () => server.kill('SIGTERM'),
    start: () => server.restart(),
    collectGarbage: () => void process.kill(server.pid, COLLECT_SIGNAL),
    databaseUrl: database?.url,
    dispose: async () => {
      await server.stop();
      await database?.drop();
    },
  };
}

async function startPeer(
  name: ServerName,
  node: readonly string[],
  database: Database,
): Promise<BenchServer> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const script = fileURLToPath(new URL(`./servers/${name}.ts`, import.meta.url));
  const [file, ...args] = pinned(0, [...node, '--import', 'tsx', script]);
  let child: ChildProcess;

  const send = async (signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = once(child, 'exit');
    child.kill(signal);
    await gone;
  };

  const start = async (): Promise<void> => {
    child = spawn(file, args, {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', 'inherit'],
      env: { ...process.env, PORT: String(port), DATABASE_URL: database?.url ?? '' },
    });
    const deadlineMs = Date.now() + START_TIMEOUT_MS;
    while (Date.now() < deadlineMs) {
      if (child.exitCode !== null || child.signalCode !== null)
        throw new Error(`${name} ended with ${child.exitCode ?? child.signalCode} as it started`);
      const answer = await fetch(url).catch(() => null);
      await answer?.body?.cancel();
      if (answer) return;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`${name} did not answer within ${START_TIMEOUT_MS} ms`);
  };

  await start();
  return {
    name,
    url,
    get pid() {
      return child.pid ?? 0;
    },
    kill: () => send('SIGKILL'),
    end: () => send('SIGTERM'),
    start,
    collectGarbage: () => void child.kill(COLLECT_SIGNAL),
    databaseUrl: database?.url,
    dispose: async () => {
      await send(profiling.length > 0 ? 'SIGTERM' : 'SIGKILL');
      await database?.drop();
    },
  };
}

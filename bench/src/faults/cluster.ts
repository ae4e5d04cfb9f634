import { execFile } from 'node:child_process';
import { chmod, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { freePort } from '../../../e2e/support/server.ts';
import { NotHere } from './fault-found.ts';

const run = promisify(execFile);

/** Where Debian keeps it, a folder for each version. */
const DEBIAN_FOLDER = '/usr/lib/postgresql';

/** A PostgreSQL of the harness's own, which may be stopped and stalled without harm to anybody else's. */
export interface Cluster {
  readonly port: number;
  createDatabase(): Promise<string>;
  /** Kindly, or as a power cut. */
  restart(mode: 'fast' | 'immediate'): Promise<void>;
  /** Every process of it stands still, as on a machine that hangs. */
  stall(): Promise<void>;
  goOn(): Promise<void>;
  stop(): Promise<void>;
}

/** @throws NotHere where Debian's PostgreSQL is not installed */
export async function startCluster(): Promise<Cluster> {
  const bin = await findBinaries();
  const folder = await mkdtemp(path.join(tmpdir(), 'longtable-faults-'));
  const data = path.join(folder, 'data');
  const port = await freePort();
  // PostgreSQL will not run as root.
  const isRoot = process.getuid?.() === 0;
  const asOwner = (program: string, args: string[]) => {
    const command = [path.join(bin, program), ...args];
    const [file, ...rest] = isRoot ? ['runuser', '-u', 'postgres', '--', ...command] : command;
    if (!file) throw new Error('no program');
    // pg_ctl leaves a server behind that would keep our pipes open for ever.
    return run(file, rest, { cwd: folder });
  };
  if (isRoot) await run('chown', ['postgres', folder]);
  await chmod(folder, 0o700);
  const options = `-c listen_addresses=127.0.0.1 -c port=${port} -c unix_socket_directories=${folder} -c max_connections=100`;
  const log = path.join(folder, 'log');
  const start = () => asOwner('pg_ctl', ['-D', data, '-w', '-t', '60', '-l', log, '-o', options, 'start']);
  await asOwner('initdb', [
    '-D',
    data,
    '-U',
    'postgres',
    '--auth=trust',
    '--encoding=UTF8',
    '--locale=C.UTF-8',
  ]);
  await start();
  const adminUrl = `postgres://postgres@127.0.0.1:${port}/postgres`;
  let stalled: number[] = [];
  let databases = 0;

  const goOn = async (): Promise<void> => {
    for (const pid of stalled.splice(0)) signal(pid, 'SIGCONT');
  };

  return {
    port,
    async createDatabase() {
      const name = `faults_${++databases}`;
      const client = new pg.Client({ connectionString: adminUrl });
      await client.connect();
      try {
        await client.query(`create database ${name}`);
      } finally {
        await client.end();
      }
      return `postgres://postgres@127.0.0.1:${port}/${name}`;
    },
    async restart(mode) {
      await asOwner('pg_ctl', ['-D', data, '-m', mode, '-w', '-t', '60', 'stop']);
      await start();
    },
    async stall() {
      const postmaster = await postmasterOf(data, asOwner);
      stalled = [postmaster, ...(await childrenOf(postmaster))];
      for (const pid of stalled) signal(pid, 'SIGSTOP');
    },
    goOn,
    async stop() {
      await goOn();
      await asOwner('pg_ctl', ['-D', data, '-m', 'immediate', '-w', '-t', '60', 'stop']).catch(() => {});
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function findBinaries(): Promise<string> {
  const versions = await readdir(DEBIAN_FOLDER).catch(() => []);
  const newest = versions.sort((a, b) => Number(b) - Number(a))[0];
  if (newest === undefined) throw new NotHere(`no PostgreSQL in ${DEBIAN_FOLDER}`);
  return path.join(DEBIAN_FOLDER, newest, 'bin');
}

async function postmasterOf(
  data: string,
  asOwner: (program: string, args: string[]) => Promise<{ stdout: string }>,
): Promise<number> {
  const { stdout } = await asOwner('pg_ctl', ['-D', data, 'status']);
  const pid = Number(/PID: (\d+)/.exec(stdout)?.[1]);
  if (!(pid > 1)) throw new Error(`which process is the server? ${stdout}`);
  return pid;
}

/** Only ever those of our own server. */
async function childrenOf(pid: number): Promise<number[]> {
  const { stdout } = await run('ps', ['-o', 'pid=', '--ppid', String(pid)]).catch(() => ({ stdout: '' }));
  return stdout
    .split('\n')
    .map(Number)
    .filter((child) => child > 1);
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch {
    // A backend that has ended meanwhile needs no signal.
  }
}

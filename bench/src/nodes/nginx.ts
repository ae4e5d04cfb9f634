import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

const TEMPLATE = new URL('../../../deploy/nginx.conf.template', import.meta.url);
const START_TRIES = 100;

export const hasNginx = (): boolean => spawnSync('nginx', ['-v']).status === 0;

/** The configuration that is delivered, in front of nodes on this computer. */
export async function startNginx(
  port: number,
  nodePorts: readonly number[],
): Promise<{ stop(): Promise<void> }> {
  const folder = await mkdtemp(path.join(tmpdir(), 'longtable-nginx-'));
  const nodes = nodePorts.map((each) => `server 127.0.0.1:${each} max_fails=1 fail_timeout=2s;`).join(' ');
  const template = await readFile(TEMPLATE, 'utf8');
  const file = path.join(folder, 'nginx.conf');
  await writeFile(
    file,
    template
      .replace('${LONGTABLE_LISTEN}', `127.0.0.1:${port}`)
      .replace('${LONGTABLE_NODES}', nodes)
      .replace('worker_processes auto', 'worker_processes 1')
      .replaceAll('/tmp/', `${folder}/`),
  );
  const args = ['-p', folder, '-c', file, '-e', 'stderr', '-g', 'daemon off;'];
  let printed = '';
  const child: ChildProcess = spawn('nginx', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (printed += text));
  for (let tries = 0; ; tries += 1) {
    const answer = await fetch(`http://127.0.0.1:${port}/nginx-health`).catch(() => null);
    if (answer?.ok) break;
    if (tries === START_TRIES || child.exitCode !== null) throw new Error(`nginx did not start.\n${printed}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    async stop() {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

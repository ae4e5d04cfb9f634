import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './server.ts';

const CADDYFILE = fileURLToPath(new URL('../../deploy/Caddyfile', import.meta.url));
const START_TIMEOUT_MS = 30_000;

export const hasCaddy = () => spawnSync('caddy', ['version']).status === 0;

export interface RunningProxy {
  readonly url: string;
  readonly port: number;
  /** The certificate of the authority that Caddy made for itself. */
  readonly ca: string;
  readonly healthUrl: string;
  logs(): string;
  stop(): Promise<void>;
}

/** Runs deploy/Caddyfile as it is, on localhost, with a certificate of its own making. */
export async function startProxy(port: number, upstreamPort: number): Promise<RunningProxy> {
  const folder = await mkdtemp(path.join(tmpdir(), 'longtable-proxy-'));
  const healthPort = await freePort();
  let printed = '';
  const child = spawn('caddy', ['run', '--config', CADDYFILE, '--adapter', 'caddyfile'], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      HOME: folder,
      XDG_DATA_HOME: folder,
      XDG_CONFIG_HOME: folder,
      LONGTABLE_HOST: `localhost:${port}`,
      LONGTABLE_UPSTREAM: `127.0.0.1:${upstreamPort}`,
      LONGTABLE_HTTP_PORT: String(await freePort()),
      LONGTABLE_PROXY_HEALTH_PORT: String(healthPort),
    },
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (printed += text));
  }

  async function stop(): Promise<void> {
    if (child.exitCode === null && child.signalCode === null) {
      const gone = once(child, 'exit');
      child.kill('SIGTERM');
      await gone;
    }
    await rm(folder, { recursive: true, force: true });
  }

  const caFile = path.join(folder, 'caddy/pki/authorities/local/root.crt');
  const healthUrl = `http://127.0.0.1:${healthPort}/`;
  const deadlineMs = Date.now() + START_TIMEOUT_MS;
  while (!(existsSync(caFile) && (await fetch(healthUrl).catch(() => null))?.ok)) {
    if (child.exitCode !== null || Date.now() > deadlineMs) {
      await stop();
      throw new Error(`Caddy did not start.\n${printed}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return {
    url: `https://localhost:${port}`,
    port,
    ca: await readFile(caFile, 'utf8'),
    healthUrl,
    logs: () => printed,
    stop,
  };
}

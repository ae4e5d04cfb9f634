import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { createApp } from './app.ts';
import { attachSockets } from './app-sockets.ts';
import { openDeps } from './compose.ts';
import { EnvError, type Env, readEnv } from './env.ts';
import { describeError } from './platform/logger.ts';
import { serveMetrics } from './platform/metrics.ts';
import { closeOnSignals, createShutdown } from './platform/shutdown.ts';
import { StartupError } from './platform/startup-error.ts';

export interface RunningServer {
  port: number;
  publicUrl: string;
  close(): Promise<void>;
}

/** @throws StartupError */
export async function startServer(env: Env, say: (sentence: string) => void): Promise<RunningServer> {
  const { deps, closing } = await openDeps(env, say);
  const server = http.createServer();
  let metrics: { close(): void } | null = null;
  try {
    if (env.metricsPort !== undefined) metrics = await serveMetrics(deps.metrics, env.metricsPort);
    await listen(server, env);
  } catch (error) {
    metrics?.close();
    await createShutdown(closing, deps.logger)();
    throw error;
  }
  // With PORT=0 the system chose the port; nothing is awaited from here on, so no request comes too early.
  const { port } = server.address() as AddressInfo;
  const publicUrl =
    env.port === 0 ? env.publicUrl.replace(/^(http:\/\/localhost):0$/, `$1:${port}`) : env.publicUrl;
  const running = { ...deps, env: { ...env, port, publicUrl } };
  server.on('request', createApp(running));
  const sockets = attachSockets(server, running);
  const close = createShutdown(
    [
      { name: 'stop accepting', close: () => void server.close() },
      { name: 'sockets and rooms', close: () => sockets.close() },
      { name: 'open requests', close: () => server.closeAllConnections() },
      { name: 'metrics', close: () => metrics?.close() },
      ...closing,
    ],
    deps.logger,
  );
  return { port, publicUrl, close };
}

/**
 * Where people reach it by a name of this computer only, it listens there only: from a phone on the same network
 * the pages would load and nothing in them would work, or be safe.
 */
function listen(server: http.Server, { port, publicUrl }: Pick<Env, 'port' | 'publicUrl'>): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(new StartupError(sentenceFor(cause, port), { cause })),
    );
    server.listen({ port, ...listenHost(publicUrl) }, resolve);
  });
}

function listenHost(publicUrl: string): { host?: string } {
  const { hostname } = new URL(publicUrl);
  if (hostname === '[::1]') return { host: '::1' };
  return hostname === 'localhost' || hostname === '127.0.0.1' ? { host: '127.0.0.1' } : {};
}

function sentenceFor({ code }: NodeJS.ErrnoException, port: number): string {
  if (code === 'EADDRINUSE') {
    return `Port ${port} is taken by another program. Stop that one, or choose another port: PORT=${port + 1} npm start`;
  }
  if (code === 'EACCES')
    return `This user may not open port ${port}. Choose a port above 1023, such as PORT=3000.`;
  return `Port ${port} cannot be opened (${code ?? 'unknown error'}). Choose another one with PORT.`;
}

/** Runs until a signal. Whatever keeps it from starting is said in sentences, and the exit code is 1. */
export async function serve(): Promise<void> {
  const say = (sentence: string) => void process.stdout.write(`${sentence}\n`);
  await orExplain(async () => {
    say('Starting Longtable …');
    const server = await startServer(readEnv(), say);
    closeOnSignals(server.close, say);
    process.on('unhandledRejection', (error) =>
      process.stderr.write(`Unexpected: ${JSON.stringify(describeError(error))}\n`),
    );
    say(`\nLongtable is ready. Open ${server.publicUrl} in a browser and start a partnership there.`);
    say(
      'Others join with the link, the QR code or the short code that you find inside. Stop with Ctrl+C; nothing is lost.\n',
    );
  });
}

/** For every command: sentences instead of stack traces where the cause is known. */
export async function orExplain(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (error instanceof EnvError) {
      const many = error.problems.length > 1 ? 'These settings need' : 'This setting needs';
      process.stderr.write(
        `${many} your attention:\n${error.problems.map((problem) => `  - ${problem}`).join('\n')}\n`,
      );
    } else if (error instanceof StartupError) {
      process.stderr.write(`${error.message}\n`);
    } else {
      process.stderr.write(`Longtable could not start.\n${(error as Error)?.stack ?? String(error)}\n`);
    }
    process.exit(1);
  }
}

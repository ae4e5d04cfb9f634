import http from 'node:http';
import type { ErrorCode } from '@longtable/shared/errors';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { StartupError } from './startup-error.ts';

/**
 * What the server tells of itself to whoever runs it, in Prometheus' text form. It is about the machine, never about
 * people: no id, name, address, path or language is a label or a value, so nothing here tells who or which circle.
 * The only label of ours is the code of a refusal, of a closed list. A test reads the whole page for more.
 */
export interface Metrics {
  /** One transaction of this many writes, whether it went well or not. */
  committed(seconds: number, writes: number): void;
  /** One write, from its arrival to its commit. */
  wrote(seconds: number): void;
  refused(code: ErrorCode): void;
  /** A reader that did not read was sent away. */
  droppedReader(): void;
  /** Asked for whenever somebody looks; returns what ends that. */
  watch(gauge: GaugeName, read: () => number): () => void;
  /** Of this process only. */
  readonly registry: Registry;
}

const GAUGES = {
  longtable_queued_writes: 'Writes that wait for their transaction.',
  longtable_open_rooms: 'Rooms held in memory.',
  longtable_connections: 'Open sockets.',
  longtable_unread_bytes: 'What waits for readers behind what is on its way to them, when last looked at.',
} as const;
export type GaugeName = keyof typeof GAUGES;

/** People feel from about a tenth of a second on; above two seconds it no longer matters how much. */
const SECONDS = [0.001, 0.002, 0.005, 0.01, 0.02, 0.03, 0.05, 0.1, 0.25, 0.5, 1, 2];
const WRITES = [1, 2, 5, 10, 20, 50, 100, 200, 500];

export function createMetrics(): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const commits = new Histogram({
    name: 'longtable_commit_seconds',
    help: 'How long the database took for one transaction of writes.',
    buckets: SECONDS,
    registers,
  });
  const batches = new Histogram({
    name: 'longtable_batch_writes',
    help: 'Writes in one transaction.',
    buckets: WRITES,
    registers,
  });
  const writes = new Histogram({
    name: 'longtable_write_seconds',
    help: 'From the arrival of a write to its commit.',
    buckets: SECONDS,
    registers,
  });
  const refusals = new Counter({
    name: 'longtable_refusals_total',
    help: 'Requests and messages that were refused, by the code that was answered.',
    labelNames: ['code'],
    registers,
  });
  const droppedReaders = new Counter({
    name: 'longtable_dropped_readers_total',
    help: 'Connections closed because they did not read what waited for them.',
    registers,
  });
  const watched = new Map<GaugeName, Set<() => number>>();
  for (const [name, help] of Object.entries(GAUGES) as [GaugeName, string][]) {
    const reads = new Set<() => number>();
    watched.set(name, reads);
    new Gauge({
      name,
      help,
      registers,
      collect() {
        this.set([...reads].reduce((sum, read) => sum + read(), 0));
      },
    });
  }
  return {
    registry,
    committed(seconds, count) {
      commits.observe(seconds);
      batches.observe(count);
    },
    wrote: (seconds) => writes.observe(seconds),
    refused: (code) => refusals.inc({ code }),
    droppedReader: () => droppedReaders.inc(),
    watch(gauge, read) {
      watched.get(gauge)?.add(read);
      return () => watched.get(gauge)?.delete(read);
    },
  };
}

/** Where the page is: nobody else's computer reaches it, and no page of the public port leads there. */
const METRICS_HOST = '127.0.0.1';

/** Serves `/metrics` on a port of its own, to this computer only. @throws StartupError */
export async function serveMetrics(
  { registry }: Metrics,
  port: number,
): Promise<{ port: number; close(): void }> {
  // The event loop's delay and the process's memory; measuring the delay takes time itself, so not without a reader.
  collectDefaultMetrics({ register: registry });
  const server = http.createServer((request, answer) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      answer.writeHead(404).end();
      return;
    }
    registry.metrics().then(
      (text) => answer.writeHead(200, { 'content-type': registry.contentType }).end(text),
      () => answer.writeHead(500).end(),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) =>
      reject(
        new StartupError(
          `The port ${port} for metrics cannot be opened (${cause.code ?? 'unknown error'}). Choose another METRICS_PORT, or leave it empty.`,
          { cause },
        ),
      ),
    );
    server.listen({ port, host: METRICS_HOST }, resolve);
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address ? address.port : port,
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

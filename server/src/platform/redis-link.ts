import { Redis, type RedisOptions } from 'ioredis';
import type { Logger } from 'pino';
import { newNodeId, type NodeLink } from './node-link.ts';

/** A Redis that takes longer than this to take a message is as good as gone: the log is faster. */
const SEND_TIMEOUT_MS = 1_000;

/** Between tries to reach it again, once that has failed a few times. */
const MAX_RETRY_MS = 1_000;

/** How often a node looks whether it still hears itself, and how long it may not before it connects anew. */
const BEAT_MS = 2_000;
const DEAF_MS = 6_000;

/** What may wait to leave this computer; a Redis that stalls must not fill the memory. */
const MAX_UNSENT_BYTES = 8_388_608;

/**
 * The fast path over Redis or Valkey: plain publish and subscribe, nothing is stored there. It may be away at the
 * start, come and go, and be emptied; `send` never waits and never throws.
 *
 * @param prefix keeps installations apart that share one Redis
 */
export function openRedisLink(url: string, prefix: string, logger: Logger): NodeLink {
  const nodeId = newNodeId();
  const hearers = new Map<string, Set<(message: unknown, from: string) => void>>();
  const options: RedisOptions = {
    connectTimeout: 2_000,
    keepAlive: 5_000,
    maxRetriesPerRequest: null,
    retryStrategy: (times) => Math.min(MAX_RETRY_MS, times * 100) * (0.5 + Math.random() / 2),
  };
  // Messages that nobody could hear at the time are not worth sending later.
  const sender = new Redis(url, { ...options, enableOfflineQueue: false, commandTimeout: SEND_TIMEOUT_MS });
  const hearer = new Redis(url, { ...options, enableOfflineQueue: true, autoResubscribe: true });
  const nameOf = (channel: string) => `${prefix}:${channel}`;
  const beat = `beat:${nodeId}`;
  let isClosed = false;
  let heardMs = performance.now();
  let isAway = false;

  const noteAway = (error: unknown): void => {
    if (isAway || isClosed) return;
    isAway = true;
    logger.warn({ err: error }, 'Redis does not answer: other nodes hear of things a second or two later');
  };
  const noteBack = (): void => {
    if (isAway) logger.warn('Redis answers again');
    isAway = false;
  };
  // An error that nobody listens to ends the process.
  for (const connection of [sender, hearer]) connection.on('error', noteAway);

  const send = (channel: string, message: object): void => {
    if (isClosed || sender.status !== 'ready' || sender.stream.writableLength > MAX_UNSENT_BYTES) return;
    sender.publish(nameOf(channel), JSON.stringify({ from: nodeId, message })).catch(noteAway);
  };

  hearer.on('message', (name: string, text: string) => {
    const channel = name.slice(prefix.length + 1);
    let heard: { from?: unknown; message?: unknown };
    try {
      heard = JSON.parse(text) as typeof heard;
    } catch {
      return;
    }
    if (typeof heard?.from !== 'string') return;
    if (channel === beat) {
      heardMs = performance.now();
      noteBack();
    }
    if (heard.from === nodeId) return;
    for (const hear of [...(hearers.get(channel) ?? [])]) hear(heard.message, heard.from);
  });
  const subscribe = (channel: string) => void hearer.subscribe(nameOf(channel)).catch(noteAway);
  subscribe(beat);
  // A connection that was cut without a word says nothing for ever; one's own beat tells.
  const timer = setInterval(() => {
    send(beat, {});
    if (performance.now() - heardMs < DEAF_MS) return;
    heardMs = performance.now();
    noteAway(new Error('silence'));
    for (const connection of [sender, hearer]) if (connection.status === 'ready') connection.disconnect(true);
  }, BEAT_MS);
  timer.unref();

  return {
    isShared: true,
    nodeId,
    send,
    listen(channel, hear) {
      const known = hearers.get(channel);
      const all = known ?? new Set<(message: unknown, from: string) => void>();
      hearers.set(channel, all.add(hear));
      if (!known) subscribe(channel);
      return () => {
        all.delete(hear);
        if (all.size > 0 || hearers.get(channel) !== all) return;
        hearers.delete(channel);
        if (!isClosed) void hearer.unsubscribe(nameOf(channel)).catch(noteAway);
      };
    },
    async close() {
      isClosed = true;
      clearInterval(timer);
      sender.disconnect();
      hearer.disconnect();
    },
  };
}

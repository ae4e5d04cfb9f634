import { percentile } from '../../replay/figures.ts';
import type { BenchClient } from '../clients/client.ts';
import { Deliveries } from '../deliveries.ts';
import type { Metrics } from '../metrics.ts';
import { addParagraphs, paragraphCount, paragraphOf } from '../paragraphs.ts';
import { openRooms } from '../rooms.ts';
import type { BenchServer } from '../servers.ts';
import { cpuSecondsOf, ownCpuSeconds, residentMbOf } from '../usage.ts';
import { pause, until } from '../wait.ts';

export interface Typing {
  rooms: number;
  people: number;
  /** Of the people in each room. */
  writers: number;
  perSecond: number;
  /** A caret moves with each character. */
  cursors?: boolean;
  presence?: boolean;
  seconds: number;
}

const WARM_UP_MS = Number(process.env.WARM ?? 2_000);

/** People type at their own pace, each in a paragraph of their own, and everyone else in the room receives it. */
export async function measureTyping(server: BenchServer, typing: Typing): Promise<Metrics> {
  const { rooms: roomCount, people, writers, perSecond, seconds } = typing;
  const presence = (typing.presence ?? false) || (typing.cursors ?? false);
  const rooms = await openRooms(server, roomCount, people);
  const groups = rooms.map((room) => Array.from({ length: people }, () => room.connect({ presence })));
  const clients = groups.flat();
  try {
    await until(() => clients.every((client) => client.isReady()), 'everyone to join');
    for (const [first] of groups) if (first) addParagraphs(first.doc, writers);
    const isLaid = ({ doc }: BenchClient) => paragraphCount(doc) >= writers;
    await until(() => clients.every(isLaid), 'everyone to hold the paragraphs');

    const deliveries = new Deliveries();
    for (const { doc } of clients) deliveries.watch(doc);
    const typists = groups.flatMap((group) =>
      group
        .slice(0, writers)
        .map((client, paragraph) => ({ client, text: paragraphOf(client.doc, paragraph) })),
    );

    const intervalMs = 1_000 / perSecond;
    let timers: NodeJS.Timeout[] = [];
    const type = ({ client, text }: (typeof typists)[number]) => {
      deliveries.sent(client.doc);
      text.insert(text.length, 'a');
      if (typing.cursors) client.moveCursor(text, text.length);
    };
    for (const typist of typists) {
      // Each begins at a moment of its own, as people do; else all would press their keys at once.
      const first = setTimeout(
        () => timers.push(setInterval(type, intervalMs, typist)),
        Math.random() * intervalMs,
      );
      timers.push(first);
    }
    await pause(WARM_UP_MS);

    const bytesOf = () => clients.reduce((sum, client) => sum + client.receivedBytes(), 0);
    deliveries.start(typists.map(({ client }) => client.doc));
    const before = { server: cpuSecondsOf(server.pid), own: ownCpuSeconds(), bytes: bytesOf() };
    await pause(seconds * 1_000);
    for (const timer of timers) clearInterval(timer);
    timers = [];
    const expected = deliveries.edits * (people - 1);
    await until(() => deliveries.latenciesMs.length >= expected, 'every edit to arrive everywhere');
    const after = { server: cpuSecondsOf(server.pid), own: ownCpuSeconds(), bytes: bytesOf() };

    const { latenciesMs } = deliveries;
    const thousands = latenciesMs.length / 1_000;
    return {
      latencyP50Ms: percentile(latenciesMs, 0.5),
      latencyP95Ms: percentile(latenciesMs, 0.95),
      latencyP99Ms: percentile(latenciesMs, 0.99),
      serverCpuSecondsPerThousandDeliveries: (after.server - before.server) / thousands,
      receiverCpuSecondsPerThousandDeliveries: (after.own - before.own) / thousands,
      bytesPerDelivery: (after.bytes - before.bytes) / latenciesMs.length,
      serverRssMb: residentMbOf(server.pid),
      generatorBusyShare: (after.own - before.own) / seconds,
      serverBusyShare: (after.server - before.server) / seconds,
    };
  } finally {
    for (const client of clients) client.close();
  }
}

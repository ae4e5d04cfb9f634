import { percentile } from '../../replay/figures.ts';
import type { BenchClient, BenchRoom } from '../clients/client.ts';
import { openDatabaseUse } from '../database-use.ts';
import { Deliveries } from '../deliveries.ts';
import type { Metrics } from '../metrics.ts';
import { addParagraphs, paragraphCount, paragraphOf } from '../paragraphs.ts';
import { charactersIn, charactersKept } from '../kept.ts';
import { openRooms } from '../rooms.ts';
import type { BenchServer } from '../servers.ts';
import { scaled, type Size } from '../size.ts';
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
  /** At the end the server is killed, and what it had acknowledged and has no more is counted. */
  killed?: boolean;
}

/** People type at their own pace, each in a paragraph of their own, and everyone else in the room receives it. */
export async function measureTyping(server: BenchServer, typing: Typing, size: Size): Promise<Metrics> {
  const { perSecond } = typing;
  const { seconds } = size;
  const [roomCount, people] = [scaled(typing.rooms, size), scaled(typing.people, size, 5)];
  const writers = Math.min(scaled(typing.writers, size, 5), people);
  const presence = (typing.presence ?? false) || (typing.cursors ?? false);
  const rooms = await openRooms(server, roomCount, typing.killed ? people + 1 : people);
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
    // As long again before it counts: for its first seconds a server mostly compiles itself, whichever it is.
    await pause(seconds * 1_000);

    const database = await openDatabaseUse(server);
    await database.begin();
    const bytesOf = () => clients.reduce((sum, client) => sum + client.receivedBytes(), 0);
    deliveries.start(typists.map(({ client }) => client.doc));
    const before = { server: cpuSecondsOf(server.pid), own: ownCpuSeconds(), bytes: bytesOf() };
    await pause(seconds * 1_000);
    for (const timer of timers) clearInterval(timer);
    timers = [];
    const expected = deliveries.edits * (people - 1);
    await until(() => deliveries.latenciesMs.length >= expected, 'every edit to arrive everywhere');
    const after = { server: cpuSecondsOf(server.pid), own: ownCpuSeconds(), bytes: bytesOf() };

    const used = await database.end(seconds, deliveries.edits);

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
      ...used,
      ...(typing.killed ? await countLost(server, rooms, clients) : {}),
    };
  } finally {
    for (const client of clients) client.close();
  }
}

/** All that anyone was told is saved, against what a new page gets from the server after a power cut. */
async function countLost(
  server: BenchServer,
  rooms: readonly BenchRoom[],
  clients: readonly BenchClient[],
): Promise<Metrics> {
  const [room] = rooms;
  const [writer] = clients;
  if (!room || !writer || rooms.length > 1) throw new Error('it is of one room');
  await until(() => clients.every((client) => client.isSaved()), 'everything to be acknowledged');
  const acknowledged = charactersIn(writer);
  await server.kill();
  for (const client of clients) client.close();
  return { lostAcknowledgedEdits: acknowledged - (await charactersKept(server, room)) };
}

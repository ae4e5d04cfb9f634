import type { LightClient } from '../clients/light.ts';
import { Deliveries, keepsUp } from '../deliveries.ts';
import type { Metrics } from '../metrics.ts';
import { addParagraphs, paragraphCount } from '../paragraphs.ts';
import { openRooms } from '../rooms.ts';
import type { BenchServer } from '../servers.ts';
import { scaled, type Size } from '../size.ts';
import { cpuSecondsOf, ownCpuSeconds } from '../usage.ts';
import { pause, until } from '../wait.ts';

const PER_SECOND = 5;
/** More at a time as there are more: about a tenth. */
const STEP = 10;
const STEP_MS = 4_000;
/** At the start of a step, while the new ones come in, nothing counts. */
const SETTLE_MS = 1_000;
const READERS = 5;
/** Where the generator itself gets tired. */
const MOST_WRITERS = 400;

/**
 * Writers are added until what they write comes late or not at all: the last number of them at which 95 of 100
 * deliveries to the readers took no longer than 100 ms. Only the readers hold the document.
 */
export async function measureSaturation(server: BenchServer, size: Size): Promise<Metrics> {
  const most = scaled(MOST_WRITERS, size, STEP);
  const [room] = await openRooms(server, 1, most + READERS);
  const connectLight = room?.connectLight;
  if (!room || !connectLight) throw new Error(`${server.name} has no light clients`);
  const readers = Array.from({ length: READERS }, () => room.connect({ presence: false }));
  const writers: LightClient[] = [];
  const timers: NodeJS.Timeout[] = [];
  try {
    await until(() => readers.every((reader) => reader.isReady()), 'the readers to join');
    if (readers[0]) addParagraphs(readers[0].doc, most);
    const isLaid = () => readers.every(({ doc }) => paragraphCount(doc) === most);
    await until(() => isLaid() && readers.every((reader) => reader.isSaved()), 'the paragraphs');
    const deliveries = new Deliveries();
    for (const { doc } of readers) deliveries.watch(doc);

    const begin = (writer: LightClient): void => {
      let isFollowed = false;
      const type = () => {
        const sentMs = performance.now();
        const { client, clock } = writer.type();
        if (!isFollowed) deliveries.follow(client, clock);
        isFollowed = true;
        deliveries.sentBy(client, sentMs);
      };
      const intervalMs = 1_000 / PER_SECOND;
      timers.push(setTimeout(() => timers.push(setInterval(type, intervalMs)), Math.random() * intervalMs));
    };

    let maxWriters = 0;
    let busy: Metrics = {};
    while (writers.length < most) {
      const added = Array.from(
        { length: Math.max(STEP, Math.round(writers.length / 100) * 10) },
        (_, index) => connectLight(writers.length + index),
      ).slice(0, most - writers.length);
      await until(() => added.every((writer) => writer.isReady()), 'more writers to join');
      added.forEach(begin);
      writers.push(...added);
      await pause(SETTLE_MS);
      deliveries.latenciesMs = [];
      const before = { server: cpuSecondsOf(server.pid), own: ownCpuSeconds(), edits: deliveries.edits };
      await pause(STEP_MS - SETTLE_MS);
      // Of the last step: which of the two got tired.
      busy = {
        serverBusyShare: (cpuSecondsOf(server.pid) - before.server) / ((STEP_MS - SETTLE_MS) / 1_000),
        generatorBusyShare: (ownCpuSeconds() - before.own) / ((STEP_MS - SETTLE_MS) / 1_000),
      };
      const expected = (deliveries.edits - before.edits) * READERS;
      if (!keepsUp(deliveries.latenciesMs, expected)) break;
      maxWriters = writers.length;
    }
    return { maxWriters, ...busy };
  } finally {
    for (const timer of timers) clearInterval(timer);
    for (const client of [...readers, ...writers]) client.close();
  }
}

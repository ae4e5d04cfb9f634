import type { BenchClient } from '../clients/client.ts';
import type { Metrics } from '../metrics.ts';
import { charactersKept } from '../kept.ts';
import { addParagraphs, paragraphCount, paragraphOf } from '../paragraphs.ts';
import { openRooms } from '../rooms.ts';
import type { BenchServer } from '../servers.ts';
import { scaled, type Size } from '../size.ts';
import { pause, until } from '../wait.ts';

export interface Storm {
  people: number;
  /** Of them, who wrote while the server was gone. */
  writers: number;
  /** All notice at the same moment that it is back; else each after a back-off of its own. */
  atOnce: boolean;
}

const OUTAGE_MS = 1_500;

/** The server is killed and started again: how long until everyone has everything that anyone wrote meanwhile. */
export async function measureStorm(server: BenchServer, storm: Storm, size: Size): Promise<Metrics> {
  const { atOnce } = storm;
  const people = scaled(storm.people, size, 10);
  const writers = Math.min(storm.writers, people);
  const [room] = await openRooms(server, 1, people);
  if (!room) throw new Error('no room');
  const clients = Array.from({ length: people }, () => room.connect({ presence: false }));
  try {
    await until(() => clients.every((client) => client.isReady()), 'everyone to join');
    if (clients[0]) addParagraphs(clients[0].doc, writers);
    await until(
      () => clients.every(({ doc }) => paragraphCount(doc) === writers),
      'everyone to hold the paragraphs',
    );
    await until(() => clients.every((client) => client.isSaved()), 'the paragraphs to be saved');
    // Peers store some time after the last change: what this measures is not what they lose.
    await pause(STORED_MS);

    await server.kill();
    clients.slice(0, writers).forEach(({ doc }, index) => paragraphOf(doc, index).insert(0, 'a'));
    await pause(OUTAGE_MS);
    await server.start();
    const startedMs = performance.now();
    const isInStep = ({ doc }: BenchClient) =>
      Array.from({ length: writers }, (_, index) => paragraphOf(doc, index).length).every(
        (length) => length === 1,
      );
    const hurry = () => {
      if (atOnce) for (const client of clients) if (!isInStep(client)) client.reconnectNow();
    };
    hurry();
    const timer = setInterval(hurry, HURRY_AGAIN_MS);
    try {
      await until(() => clients.every(isInStep), 'everyone to be in step');
    } catch (error) {
      const count = (is: (client: BenchClient) => boolean) => clients.filter(is).length;
      const inStep = `${count(isInStep)} of ${people} are in step, ${count((client) => client.isReady())} have joined`;
      const saved = `${count((client) => client.isSaved())} have nothing unsent`;
      throw new Error(`${(error as Error).message}: ${inStep}, ${saved}`, { cause: error });
    } finally {
      clearInterval(timer);
    }
    return { allSyncedMs: performance.now() - startedMs };
  } finally {
    for (const client of clients) client.close();
  }
}

const STORED_MS = 12_000;
/**
 * Hocuspocus' provider gives up an attempt under way and begins anew with each call: called more often than a busy
 * server takes to answer, nobody would ever get in.
 */
const HURRY_AGAIN_MS = 3_000;

export interface Crash {
  people: number;
  perSecond: number;
  seconds: number;
}

/**
 * People type, then everything goes dark at once: the server is killed and their phones are off. Lost is
 * what the server had acknowledged to its writer and does not have when it is started again.
 */
export async function measureCrash(server: BenchServer, crash: Crash, size: Size): Promise<Metrics> {
  const { perSecond, seconds } = crash;
  const people = scaled(crash.people, size, 2);
  const [room] = await openRooms(server, 1, people + 1);
  if (!room) throw new Error('no room');
  const clients = Array.from({ length: people }, () => room.connect({ presence: false }));
  try {
    await until(() => clients.every((client) => client.isReady()), 'everyone to join');
    if (clients[0]) addParagraphs(clients[0].doc, people);
    await until(
      () => clients.every(({ doc }) => paragraphCount(doc) === people),
      'everyone to hold the paragraphs',
    );
    const rounds = perSecond * seconds;
    for (let round = 0; round < rounds; round++) {
      clients.forEach(({ doc }, index) => paragraphOf(doc, index).insert(0, 'a'));
      await pause(1_000 / perSecond);
    }
    await until(() => clients.every((client) => client.isSaved()), 'everything to be acknowledged');
    await server.kill();
  } finally {
    for (const client of clients) client.close();
  }
  const written = perSecond * seconds * people;
  return { lostAcknowledgedEdits: written - (await charactersKept(server, room)) };
}

import type { BenchClient, BenchRoom } from '../clients/client.ts';
import { readHistory, RecordedStart } from '../history.ts';
import type { Metrics } from '../metrics.ts';
import { paragraphCount, paragraphOf } from '../paragraphs.ts';
import { openRooms } from '../rooms.ts';
import type { BenchServer } from '../servers.ts';
import { scaled, type Size } from '../size.ts';
import { settledMbOf } from '../usage.ts';
import { pause, until } from '../wait.ts';
import { takeAsOwn } from '../../replay/concurrent.ts';

const CONNECTIONS = 1_000;
/** Before anything is measured: whoever comes first pays for code and buffers that all use. */
const WARM_UP_CONNECTIONS = 500;
const ROOMS_OF_CONNECTIONS = 25;
const ROOMS = 1_000;
const WARM_UP_ROOMS = 100;
const CHARACTERS = 21_000;
/** More at once would measure a storm. */
const AT_ONCE = 20;
/** A server that stores some time after the last word has done so by then. */
const STORED_MS = 12_000;

/**
 * What one more connection costs that writes nothing, and what one more room costs that is open and in which nobody
 * writes. The server was just started and has let a few in; memory is looked at after it was told to collect garbage.
 */
export async function measureIdle(server: BenchServer, size: Size): Promise<Metrics> {
  const kbPerConnection = await measureConnections(server, size);
  // In memory alone nothing is left to open after a start.
  if (!isStored(server)) return { kbPerConnection };
  return { kbPerConnection, ...(await measureRooms(server, size, kbPerConnection)) };
}

const isStored = ({ name, databaseUrl }: BenchServer) =>
  name.startsWith('longtable') || databaseUrl !== undefined;

async function measureConnections(server: BenchServer, size: Size): Promise<number> {
  const each = (count: number) => Math.ceil(scaled(count, size) / ROOMS_OF_CONNECTIONS);
  const [warmUp, people] = [each(WARM_UP_CONNECTIONS), each(CONNECTIONS)];
  const places = await openRooms(server, ROOMS_OF_CONNECTIONS, warmUp + people);
  await startAfresh(server);
  const sat: BenchClient[] = [];
  try {
    for (let i = 0; i < warmUp; i++) await sitDown(places, sat);
    const before = await settledMbOf(server);
    for (let i = 0; i < people; i++) await sitDown(places, sat);
    const after = await settledMbOf(server);
    return kbEach(after - before, people * places.length);
  } finally {
    for (const client of sat) client.close();
  }
}

/** Each room has one reader, whose connection is taken off again. */
async function measureRooms(server: BenchServer, size: Size, kbPerConnection: number): Promise<Metrics> {
  const count = scaled(ROOMS, size);
  const warmUp = scaled(WARM_UP_ROOMS, size);
  const rooms = await openRooms(server, warmUp + count, 2);
  const trace = await readHistory('automerge-paper');
  if (trace.kind !== 'sequential') throw new Error('it is not a session of one author');
  const history = new RecordedStart(trace, CHARACTERS);
  for (let at = 0; at < rooms.length; at += AT_ONCE)
    await Promise.all(rooms.slice(at, at + AT_ONCE).map((room) => writeDown(room, history)));
  await pause(STORED_MS);
  await startAfresh(server);
  const sat: BenchClient[] = [];
  try {
    await sitDown(rooms.slice(0, warmUp), sat);
    const before = await settledMbOf(server);
    await sitDown(rooms.slice(warmUp), sat);
    for (const { doc } of sat)
      if (paragraphOf(doc, 0).toString() !== history.text) throw new Error('a room has lost its text');
    const read = await settledMbOf(server);
    for (const { doc } of sat.slice(warmUp)) paragraphOf(doc, 0).insert(0, 'a');
    await until(() => sat.every((client) => client.isSaved()), 'a letter in each room');
    const written = await settledMbOf(server);
    return {
      kbPerRoom: kbEach(read - before, count) - kbPerConnection,
      kbPerWrittenRoom: kbEach(written - before, count) - kbPerConnection,
    };
  } finally {
    for (const client of sat) client.close();
  }
}

const kbEach = (mb: number, count: number): number => (mb * 1_000) / count;

async function startAfresh(server: BenchServer): Promise<void> {
  await server.end();
  await server.start();
}

/** One more person in each of the rooms. */
async function sitDown(rooms: readonly BenchRoom[], sat: BenchClient[]): Promise<void> {
  for (let at = 0; at < rooms.length; at += AT_ONCE) {
    const fresh = rooms.slice(at, at + AT_ONCE).map((room) => room.connect({ presence: false }));
    sat.push(...fresh);
    await until(() => fresh.every((client) => client.isReady()), 'everyone to join');
  }
}

async function writeDown(room: BenchRoom, history: RecordedStart): Promise<void> {
  const writer = room.connect({ presence: false });
  try {
    await until(() => writer.isReady(), 'the writer to join');
    const { doc } = writer;
    takeAsOwn(doc, history.by(doc.clientID));
    if (paragraphCount(doc) !== 1) throw new Error('the room was not empty');
    await until(() => writer.isSaved(), 'the history to be taken');
  } finally {
    writer.close();
  }
}

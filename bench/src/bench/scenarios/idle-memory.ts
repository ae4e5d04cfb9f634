import type { BenchClient, BenchRoom } from '../clients/client.ts';
import type { Metrics } from '../metrics.ts';
import { openRooms } from '../rooms.ts';
import type { BenchServer } from '../servers.ts';
import { residentMbOf } from '../usage.ts';
import { pause, until } from '../wait.ts';

export interface Idle {
  /** All open before anybody is counted, with one person in each: they are not what is measured. */
  rooms: number;
  /** In each room, besides the first. */
  people: number;
}

/** A server that has just been busy gives memory back some time after. */
const SETTLE_MS = 3_000;

/** People who sit there and write nothing: what one more connection costs the server in memory. */
export async function measureIdle(server: BenchServer, { rooms, people }: Idle): Promise<Metrics> {
  const places = await openRooms(server, rooms, people + 1);
  const clients: BenchClient[] = [];
  const sitDown = async (places: readonly BenchRoom[]): Promise<void> => {
    clients.push(...places.map((room) => room.connect({ presence: false })));
    await until(() => clients.every((client) => client.isReady()), 'everyone to join');
  };
  try {
    await sitDown(places);
    await pause(SETTLE_MS);
    const before = residentMbOf(server.pid);
    for (let i = 0; i < people; i++) await sitDown(places);
    await pause(SETTLE_MS);
    return { kbPerConnection: ((residentMbOf(server.pid) - before) * 1_000) / (rooms * people) };
  } finally {
    for (const client of clients) client.close();
  }
}

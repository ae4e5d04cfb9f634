import { type LaidTable, layTable } from '../replay/table.ts';
import type { BenchRoom } from './clients/client.ts';
import { hocuspocusRoom } from './clients/hocuspocus.ts';
import { longtableRoom } from './clients/longtable.ts';
import { socketioRelayRoom, wsRelayRoom } from './clients/relays.ts';
import { yWebsocketRoom } from './clients/y-websocket.ts';
import type { BenchServer } from './servers.ts';

/** A partnership has this many rooms at least; more rooms are rooms of more partnerships. */
const ROOMS_OF_A_TABLE = 40;

/** Rooms of a fresh server, each with seats for so many people. */
export async function openRooms(
  { name, url }: BenchServer,
  count: number,
  peopleEach: number,
): Promise<BenchRoom[]> {
  if (name === 'longtable' || name === 'longtable-pglite') return layRooms(url, count, peopleEach);
  const make = {
    hocuspocus: hocuspocusRoom,
    'y-websocket': yWebsocketRoom,
    'ws-relay': wsRelayRoom,
    'socketio-relay': socketioRelayRoom,
  }[name];
  return Array.from({ length: count }, (_, index) => make(url, `room-${index}`));
}

async function layRooms(url: string, count: number, peopleEach: number): Promise<BenchRoom[]> {
  if (count === 1) {
    const { people, room } = await layTable(url, peopleEach);
    return [longtableRoom(url, room, people.values())];
  }
  const rooms: BenchRoom[] = [];
  while (rooms.length < count) {
    const here = Math.min(ROOMS_OF_A_TABLE, count - rooms.length);
    const table: LaidTable = await layTable(url, here * peopleEach);
    const seats = table.people.values();
    rooms.push(...table.rooms.slice(0, here).map((room) => longtableRoom(url, room, seats)));
  }
  return rooms;
}

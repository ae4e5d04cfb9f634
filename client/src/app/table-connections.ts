import type { SeatId } from '@longtable/shared/ids';
import { PrivateBoxes } from '../features/documents/private-boxes.ts';
import { RoomsInUse } from '../features/documents/rooms-in-use.ts';
import { LEAVE, PASSED, UNSENT, UNSENT_CHANGED } from '../lib/page-events.ts';
import { connectTable } from '../rooms/connection.ts';
import type { TableConnection } from '../rooms/types.ts';

export interface OpenTable {
  connection: TableConnection;
  rooms: RoomsInUse;
  boxes: PrivateBoxes;
}

interface Entry extends OpenTable {
  users: number;
  stop: () => void;
}

/**
 * One connection for each seat that is on screen, kept on after that for as long as it still has words
 * to send or in a box: turning to another page must not cost anybody a sentence.
 */
const tables = new Map<SeatId, Entry>();

/** Leaving quickly (exit.ts) asks nothing and keeps nothing. */
window.addEventListener(LEAVE, closeAll);

/** So does passing the phone on, which has asked before. */
window.addEventListener(PASSED, closeAll);
window.addEventListener(UNSENT, (event) => {
  if (hasUnsaved()) event.preventDefault();
});

export function openTable(seat: SeatId): OpenTable {
  let entry = tables.get(seat);
  if (entry === undefined) {
    const connection = connectTable({ seat });
    const rooms = new RoomsInUse(connection);
    const boxes = new PrivateBoxes(rooms);
    const stops = [rooms.subscribe(() => settle(seat)), boxes.subscribe(() => settle(seat))];
    entry = { connection, rooms, boxes, users: 0, stop: () => stops.forEach((stop) => stop()) };
    tables.set(seat, entry);
  } else if (entry.users === 0) {
    // It may have been told that the seat was signed out, which is over: somebody has come back to it.
    entry.connection.reconnectNow();
  }
  entry.users += 1;
  return entry;
}

export function releaseTable(seat: SeatId): void {
  const entry = tables.get(seat);
  if (entry === undefined) return;
  entry.users -= 1;
  settle(seat);
}

function settle(seat: SeatId): void {
  const entry = tables.get(seat);
  if (entry && entry.users <= 0 && !hasWords(entry)) close(seat, entry);
  guard();
}

/** That are on this device only: unsent, or in somebody's own box. */
const hasWords = ({ rooms, boxes }: OpenTable): boolean => rooms.getUnsaved().size > 0 || boxes.hasWords();

function close(seat: SeatId, entry: Entry): void {
  tables.delete(seat);
  entry.stop();
  entry.boxes.wipe();
  entry.connection.close();
}

/** Asks before the tab closes, only while that would lose words. */
function onUnload(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

function hasUnsaved(): boolean {
  return [...tables.values()].some(hasWords);
}

function guard(): void {
  if (hasUnsaved()) window.addEventListener('beforeunload', onUnload);
  else window.removeEventListener('beforeunload', onUnload);
  window.dispatchEvent(new Event(UNSENT_CHANGED));
}

function closeAll(): void {
  for (const [seat, entry] of [...tables]) close(seat, entry);
  guard();
}

import type { RoomId } from '@longtable/shared/ids';
import type { RoomHandle, TableConnection } from '../../rooms/types.ts';

const NONE: ReadonlySet<RoomId> = new Set();

const isUnsaved = (handle: RoomHandle) => handle.getView().saved !== 'saved';

/**
 * The rooms that one connection has open, on screen or not. Turning to another section must not drop
 * words that are still only on this device: their room stays open until they are saved.
 */
export class RoomsInUse {
  readonly #connection: TableConnection;
  readonly #rooms = new Map<RoomHandle, { isShown: boolean; unsubscribe: () => void }>();
  readonly #listeners = new Set<() => void>();
  #unsaved: ReadonlySet<RoomId> = NONE;

  constructor(connection: TableConnection) {
    this.#connection = connection;
  }

  open(room: RoomId): RoomHandle {
    const handle = this.#connection.openRoom(room);
    this.#rooms.set(handle, { isShown: true, unsubscribe: handle.subscribe(() => this.#check(handle)) });
    this.#check(handle);
    return handle;
  }

  /** No longer on screen: closes now, or as soon as its words are saved. */
  release(handle: RoomHandle): void {
    const room = this.#rooms.get(handle);
    if (room === undefined) return;
    room.isShown = false;
    this.#check(handle);
  }

  /** Rooms with words that the server does not have. The same set until it changes. */
  getUnsaved = (): ReadonlySet<RoomId> => this.#unsaved;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  #check(handle: RoomHandle): void {
    const room = this.#rooms.get(handle);
    if (room && !room.isShown && !isUnsaved(handle)) {
      room.unsubscribe();
      this.#rooms.delete(handle);
      handle.close();
    }
    const unsaved = new Set([...this.#rooms.keys()].filter(isUnsaved).map(({ id }) => id));
    const isSame = unsaved.size === this.#unsaved.size && [...unsaved].every((id) => this.#unsaved.has(id));
    if (isSame) return;
    this.#unsaved = unsaved;
    for (const listener of [...this.#listeners]) listener();
  }
}

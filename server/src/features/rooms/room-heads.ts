import type { RoomId } from '@longtable/shared/ids';
import type { RoomHead } from './rooms.repository.ts';

/** Rooms remembered: more than one node holds open, at a few hundred bytes each. */
const MAX_ROOMS = 20_000;

/** After a guess that was wrong, another node writes there too: so many batches of the room then ask first. */
const BATCHES_AFTER_MISS = 32;

/**
 * Where this node last left each room: a guess, by which a batch can be sealed before the database is asked. Only the
 * statement that commits decides whether the guess still holds.
 */
export class RoomHeads {
  readonly #heads = new Map<RoomId, RoomHead>();
  readonly #misses = new Map<RoomId, number>();

  /** What is remembered of all of these rooms, or null where that of one is not, or was wrong lately. */
  guess(rooms: Iterable<RoomId>): Map<RoomId, RoomHead> | null {
    const found = new Map<RoomId, RoomHead>();
    let isWhole = true;
    for (const room of rooms) {
      const left = this.#misses.get(room) ?? 0;
      if (left > 1) this.#misses.set(room, left - 1);
      else this.#misses.delete(room);
      const head = this.#heads.get(room);
      if (head && left === 0) found.set(room, head);
      else isWhole = false;
    }
    return isWhole ? found : null;
  }

  remember(head: RoomHead): void {
    // Re-entered at the end, so that the first is the one not written for longest.
    this.#heads.delete(head.id);
    this.#heads.set(head.id, head);
    const [oldest] = this.#heads.size > MAX_ROOMS ? this.#heads.keys() : [];
    if (oldest !== undefined) this.#heads.delete(oldest);
  }

  forget(rooms: Iterable<RoomId>, isMiss: boolean): void {
    for (const room of rooms) {
      this.#heads.delete(room);
      if (isMiss) this.#misses.set(room, BATCHES_AFTER_MISS);
      if (this.#misses.size > MAX_ROOMS) this.#misses.clear();
    }
  }
}

import { beforeEach, describe, expect, it } from '@jest/globals';
import type { RoomId } from '@longtable/shared/ids';
import type { RoomHandle, RoomView, SavedState, TableConnection } from '../../rooms/types.ts';
import { RoomsInUse } from './rooms-in-use.ts';

const one = '11111111-1111-4111-8111-111111111111' as RoomId;

class FakeRoom {
  saved: SavedState = 'saved';
  isClosed = false;
  #listeners = new Set<() => void>();
  readonly handle: RoomHandle;

  constructor(id: RoomId) {
    this.handle = {
      id,
      getView: () => ({ saved: this.saved }) as RoomView,
      subscribe: (listener: () => void) => {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
      },
      close: () => {
        this.isClosed = true;
      },
    } as unknown as RoomHandle;
  }

  become(saved: SavedState): void {
    this.saved = saved;
    for (const listener of [...this.#listeners]) listener();
  }
}

describe('rooms in use', () => {
  let opened: FakeRoom[];
  let rooms: RoomsInUse;

  beforeEach(() => {
    opened = [];
    rooms = new RoomsInUse({
      openRoom: (id: RoomId) => {
        const room = new FakeRoom(id);
        opened.push(room);
        return room.handle;
      },
    } as unknown as TableConnection);
  });

  it('closes a saved room as soon as it leaves the screen', () => {
    const handle = rooms.open(one);
    rooms.release(handle);
    expect(opened[0]?.isClosed).toBe(true);
  });

  it.each(['device', 'sending', 'refused'] as const)(
    'keeps a room whose words are "%s" until they are saved',
    (state) => {
      const handle = rooms.open(one);
      opened[0]?.become(state);
      rooms.release(handle);
      expect(opened[0]?.isClosed).toBe(false);
      expect(rooms.getUnsaved()).toEqual(new Set([one]));
      opened[0]?.become('saved');
      expect(opened[0]?.isClosed).toBe(true);
      expect(rooms.getUnsaved().size).toBe(0);
    },
  );

  it('tells only when the set of unsaved rooms changes, and keeps it the same meanwhile', () => {
    let told = 0;
    rooms.subscribe(() => (told += 1));
    rooms.open(one);
    opened[0]?.become('device');
    const unsaved = rooms.getUnsaved();
    opened[0]?.become('sending');
    expect(rooms.getUnsaved()).toBe(unsaved);
    expect(told).toBe(1);
  });
});

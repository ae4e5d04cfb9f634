import { beforeEach, describe, expect, it } from '@jest/globals';
import { appendBlocks } from '@longtable/shared/documents/model/blocks';
import { textFragment } from '@longtable/shared/documents/model/keys';
import type { RoomId, WordsId } from '@longtable/shared/ids';
import * as Y from 'yjs';
import { RoomsInUse } from '../features/documents/rooms-in-use.ts';
import type { RoomHandle, RoomView, TableConnection } from '../rooms/types.ts';
import { leaveAllGaps, takeBackInOrder } from './leave-gaps.ts';

const [ONE, TWO] = ['room-one', 'room-two'] as RoomId[];
const WORDS = 'words' as WordsId;

/** A joint room that quotes the words once, and saves when the test says so. */
class FakeRoom {
  readonly doc = new Y.Doc();
  #listeners = new Set<() => void>();
  #view = { isReady: true, canWrite: true, saved: 'saved', refused: null, closed: null } as RoomView;

  constructor() {
    appendBlocks(this.doc, [{ kind: 'quote', cites: WORDS, runs: [{ text: 'ours' }] }]);
    this.doc.on('update', () => this.become({ saved: 'sending' }));
  }

  handle(id: RoomId): RoomHandle {
    return {
      id,
      doc: this.doc,
      getView: () => this.#view,
      subscribe: (listener: () => void) => {
        this.#listeners.add(listener);
        return () => this.#listeners.delete(listener);
      },
      dismissRefused: () => undefined,
      close: () => undefined,
    } as unknown as RoomHandle;
  }

  become(change: Partial<RoomView>): void {
    this.#view = { ...this.#view, ...change };
    for (const listener of [...this.#listeners]) listener();
  }

  text = () =>
    textFragment(this.doc)
      .toString()
      .replace(/<[^>]*>/g, '');
}

describe('taking words back', () => {
  let all: Record<string, FakeRoom>;
  let rooms: RoomsInUse;
  beforeEach(() => {
    all = { [ONE!]: new FakeRoom(), [TWO!]: new FakeRoom() };
    rooms = new RoomsInUse({
      openRoom: (id: RoomId) => all[id]!.handle(id),
    } as unknown as TableConnection);
  });

  const quote = (roomId: RoomId, isFixed = false) => ({
    roomId,
    wordsId: WORDS,
    isTakenBack: false,
    count: 1,
    isFixed,
  });
  const soon = () => new Promise((resolve) => setImmediate(resolve));

  it('leaves gaps in every room, and takes the words back only when the server has them all', async () => {
    const done: string[] = [];
    const taking = takeBackInOrder({
      leaveGaps: () => leaveAllGaps(rooms, [quote(ONE!), quote(TWO!)]),
      givenUp: new AbortController().signal,
      takeBack: async () => void done.push('taken back'),
    });
    await soon();
    expect(all[ONE!]!.text()).toBe('');
    all[ONE!]!.become({ saved: 'saved' });
    await soon();
    expect([all[TWO!]!.text(), done]).toEqual(['', []]);
    all[TWO!]!.become({ saved: 'saved' });
    await taking;
    expect(done).toEqual(['taken back']);
  });

  it('leaves what is before the circles as it is, also where that has only just come', async () => {
    all[TWO!]!.become({ canWrite: false });
    await leaveAllGaps(rooms, [quote(ONE!, true), quote(TWO!)]);
    expect([all[ONE!]!.text(), all[TWO!]!.text()]).toEqual(['ours', 'ours']);
  });

  it('stops where a gap is refused, and while the words are still shared', async () => {
    const done: string[] = [];
    const taking = takeBackInOrder({
      leaveGaps: () => leaveAllGaps(rooms, [quote(ONE!)]),
      givenUp: new AbortController().signal,
      takeBack: async () => void done.push('taken back'),
    });
    await soon();
    all[ONE!]!.become({ saved: 'refused', refused: { code: 'unavailable', text: '' } });
    await expect(taking).rejects.toMatchObject({ code: 'unavailable' });
    expect(done).toEqual([]);
  });

  it('has nothing to wait for where somebody else has left the gap already', async () => {
    await Promise.all([
      leaveAllGaps(rooms, [quote(ONE!)]),
      soon().then(() => all[ONE!]!.become({ saved: 'saved' })),
    ]);
    await leaveAllGaps(rooms, [quote(ONE!)]);
    expect(all[ONE!]!.text()).toBe('');
  });

  describe('somebody changes their mind meanwhile', () => {
    const quotes = [quote(ONE!), quote(TWO!)];
    const takeThemBack = () => {
      const dialog = new AbortController();
      const done: string[] = [];
      const taking = takeBackInOrder({
        leaveGaps: (givenUp) => leaveAllGaps(rooms, quotes, givenUp),
        givenUp: dialog.signal,
        takeBack: async () => void done.push('taken back'),
      });
      return { taking, done, closeDialog: () => dialog.abort() };
    };

    it('before the first room is there: nothing is taken out, also when it comes', async () => {
      all[ONE!]!.become({ isReady: false });
      const { taking, done, closeDialog } = takeThemBack();
      await soon();
      closeDialog();
      expect(await taking).toBe(0);
      all[ONE!]!.become({ isReady: true });
      await soon();
      expect([all[ONE!]!.text(), all[TWO!]!.text(), done]).toEqual(['ours', 'ours', []]);
    });

    it('between two rooms: what was taken out is said at once, and the next room keeps its quotes', async () => {
      const { taking, done, closeDialog } = takeThemBack();
      await soon();
      closeDialog();
      expect(await taking).toBe(1);
      all[ONE!]!.become({ saved: 'saved' });
      await soon();
      expect([all[ONE!]!.text(), all[TWO!]!.text(), done]).toEqual(['', 'ours', []]);
    });

    it('while the second room is opening: the first is said, the second keeps its quotes', async () => {
      all[TWO!]!.become({ isReady: false });
      const { taking, done, closeDialog } = takeThemBack();
      await soon();
      all[ONE!]!.become({ saved: 'saved' });
      await soon();
      closeDialog();
      expect(await taking).toBe(1);
      all[TWO!]!.become({ isReady: true });
      await soon();
      expect([all[TWO!]!.text(), done]).toEqual(['ours', []]);
    });
  });
});

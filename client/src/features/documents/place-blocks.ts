import type { CanonicalBlock } from '@longtable/shared/documents/canonical';
import { appendBlocks, leaveGaps } from '@longtable/shared/documents/model/blocks';
import type { ErrorCode } from '@longtable/shared/errors';
import type { RoomId } from '@longtable/shared/ids';
import { RequestError } from '../../lib/http.ts';
import type { RoomHandle, SavedState } from '../../rooms/types.ts';
import type { RoomsInUse } from './rooms-in-use.ts';

/** `opening`: not in the room yet. `sending`: in it on this device. `placed`: the server has them. `refused`: they are not in it. */
export type Placing =
  | { state: 'opening' }
  | { state: 'sending'; saved: SavedState }
  | { state: 'placed' }
  | { state: 'refused'; code: ErrorCode };

/**
 * Puts blocks at the end of a room by the way that all words go, and tells how far they are; the last thing told
 * is `placed` or `refused`. Whoever has the words must keep them until then.
 * @returns gives up, if they are not in the room yet; whether it did
 */
export const placeBlocks = (
  rooms: RoomsInUse,
  room: RoomId,
  blocks: readonly CanonicalBlock[],
  tell: (placing: Placing) => void,
): (() => boolean) => changeRoom(rooms, room, (doc) => appendBlocks(doc, blocks), wordsOf(blocks), tell);

/**
 * Leaves gaps where these words are quoted in a room, and is done when the server has them, or at once when
 * somebody gives up. @returns whether there are gaps now: what has reached the room here is sent all the same
 * @throws RequestError
 */
export const leaveGapsIn = (
  rooms: RoomsInUse,
  room: RoomId,
  cites: string,
  givenUp?: AbortSignal,
): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const giveUp = changeRoom(
      rooms,
      room,
      (doc) => void leaveGaps(doc, cites),
      null,
      (placing) => {
        if (placing.state === 'placed') resolve(true);
        if (placing.state === 'refused') reject(new RequestError(placing.code));
      },
    );
    givenUp?.addEventListener('abort', () => resolve(!giveUp()), { once: true });
  });

/** Changes a room that may be on screen or not. `words`: what the change puts in; null where it puts in nothing. */
function changeRoom(
  rooms: RoomsInUse,
  room: RoomId,
  change: (doc: RoomHandle['doc']) => void,
  words: string | null,
  tell: (placing: Placing) => void,
): () => boolean {
  const handle = rooms.open(room);
  let isIn = false;
  let isOver = false;
  const end = (last: Placing | null) => {
    if (isOver) return;
    isOver = true;
    stop();
    rooms.release(handle);
    if (last) tell(last);
  };

  const step = () => {
    if (isOver) return;
    const view = handle.getView();
    const code = view.closed ?? view.refused?.code;
    if (code !== undefined) {
      end({ state: 'refused', code });
      // They are handed back where they came from; the same words twice would be put in twice.
      if (isIn && view.refused?.text === words) handle.dismissRefused();
    } else if (isIn) {
      if (view.saved === 'saved') end({ state: 'placed' });
      else tell({ state: 'sending', saved: view.saved });
    } else if (view.isReady) {
      if (!view.canWrite) return end({ state: 'refused', code: 'readOnly' });
      // Set first: putting them in calls this again.
      isIn = true;
      change(handle.doc);
      // Where there was nothing to change, nothing calls it again.
      step();
    } else tell({ state: 'opening' });
  };
  const stop = handle.subscribe(step);
  step();
  return () => {
    const mayStop = !isIn && !isOver;
    if (mayStop) end(null);
    return mayStop;
  };
}

/** As a room hands them back. */
const wordsOf = (blocks: readonly CanonicalBlock[]): string =>
  blocks.flatMap(({ runs }) => runs.map(({ text }) => text)).join('');

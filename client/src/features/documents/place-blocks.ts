import type { CanonicalBlock } from '@longtable/shared/documents/canonical';
import { appendBlocks } from '@longtable/shared/documents/model/blocks';
import type { ErrorCode } from '@longtable/shared/errors';
import type { RoomId } from '@longtable/shared/ids';
import type { SavedState } from '../../rooms/types.ts';
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
export function placeBlocks(
  rooms: RoomsInUse,
  room: RoomId,
  blocks: readonly CanonicalBlock[],
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
      if (isIn && view.refused?.text === wordsOf(blocks)) handle.dismissRefused();
    } else if (isIn) {
      if (view.saved === 'saved') end({ state: 'placed' });
      else tell({ state: 'sending', saved: view.saved });
    } else if (view.isReady) {
      if (!view.canWrite) return end({ state: 'refused', code: 'readOnly' });
      // Set first: putting them in calls this again.
      isIn = true;
      appendBlocks(handle.doc, blocks);
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

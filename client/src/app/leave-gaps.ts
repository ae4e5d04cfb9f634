import type { CircleQuotes } from '@longtable/shared/protocol/http/words';
import { leaveGapsIn } from '../features/documents/place-blocks.ts';
import type { RoomsInUse } from '../features/documents/rooms-in-use.ts';
import { errorCodeOf } from '../lib/http.ts';

/**
 * In every room where they stand, one after the other; each is saved before the next. What is before the circles
 * stays. @returns how many quotes are gaps now, of those that were there when we asked
 */
export async function leaveAllGaps(
  rooms: RoomsInUse,
  quotes: CircleQuotes['rooms'],
  givenUp?: AbortSignal,
): Promise<number> {
  let taken = 0;
  for (const { roomId, wordsId, isFixed, count } of quotes) {
    if (givenUp?.aborted) break;
    if (isFixed) continue;
    try {
      if (await leaveGapsIn(rooms, roomId, wordsId, givenUp)) taken += count;
    } catch (error) {
      // It has gone before the circles since: as if it had been so when we asked.
      if (errorCodeOf(error) !== 'readOnly') throw error;
    }
  }
  return taken;
}

interface TakeBackSteps {
  /** Done when the server has saved them; says how many there are. */
  leaveGaps: (givenUp: AbortSignal) => Promise<number>;
  /** Without a network the gaps can take long; whoever closes the dialog meanwhile has changed their mind. */
  givenUp: AbortSignal;
  takeBack: () => Promise<void>;
}

/**
 * The gaps first: while the words are shared, a step that fails leaves them where they can be taken back again.
 * @returns null when the words are taken back; else how many gaps there were before somebody gave up
 */
export async function takeBackInOrder({
  leaveGaps,
  givenUp,
  takeBack,
}: TakeBackSteps): Promise<number | null> {
  const taken = await leaveGaps(givenUp);
  if (givenUp.aborted) return taken;
  await takeBack();
  return null;
}

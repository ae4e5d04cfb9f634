import type { RoomId, WordsId } from '@longtable/shared/ids';
import type { Db } from '../../platform/deps.ts';
import * as repository from './forgetting.repository.ts';

/**
 * Has joint rooms forget words that were quoted there and are taken back in this transaction: within a minute or two
 * after they stand in a room no more, it moves to a new key and the old one is destroyed.
 */
export async function forgetQuotes(trx: Db, rooms: readonly RoomId[], words: WordsId): Promise<void> {
  if (rooms.length > 0) await repository.askToForget(trx, rooms, words);
}

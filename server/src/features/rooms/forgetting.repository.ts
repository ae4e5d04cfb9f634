import type { RoomId, WordsId } from '@longtable/shared/ids';
import type { Db } from '../../platform/deps.ts';
import type { KeyId } from '../../platform/keyring.ts';
import { lockRooms, type RoomRow, type SealedSnapshot } from './rooms.repository.ts';

/** In the transaction that takes the words back. */
export const askToForget = async (trx: Db, rooms: readonly RoomId[], words: WordsId): Promise<void> => {
  // In id order, as everybody else locks them.
  await lockRooms(trx, rooms);
  await trx.raw(
    `update rooms set forgets = array_append(coalesce(forgets, '{}'), ?::uuid) where id = any(?::uuid[])`,
    [words, rooms] as never,
  );
};

export interface Forgetting {
  id: RoomId;
  forgets: WordsId[];
}

/**
 * Some of those that come after a room, in id order. What may only be read still says the words: it waits until it is
 * open again and somebody takes them out.
 */
export const findForgetting = async (
  db: Db,
  after: RoomId | null,
  most: number,
): Promise<(Forgetting & Pick<RoomRow, 'lineage' | 'head_seq'>)[]> =>
  db('rooms')
    .whereNotNull('forgets')
    .where({ is_open: true, old_key_id: null })
    .modify((query) => after !== null && void query.where('id', '>', after))
    .orderBy('id')
    .limit(most)
    .select<(Forgetting & Pick<RoomRow, 'lineage' | 'head_seq'>)[]>('id', 'forgets', 'lineage', 'head_seq');

/** What a room is asked to forget now, and whether an old key of its waits to be destroyed; under `lockRooms`. */
export const findAsked = async (
  trx: Db,
  id: RoomId,
): Promise<{ forgets: WordsId[] | null; old_key_id: KeyId | null } | undefined> =>
  trx('rooms').where({ id }).first('forgets', 'old_key_id');

export const findOldKeys = async (db: Db): Promise<{ id: RoomId; old_key_id: KeyId }[]> =>
  db('rooms').whereNotNull('old_key_id').select('id', 'old_key_id');

export const clearOldKey = async (db: Db, room: RoomId, key: KeyId): Promise<void> => {
  await db('rooms').where({ id: room, old_key_id: key }).update({ old_key_id: null });
};

/** Only ever under `lockRooms`, and with all of its log sealed anew. */
export const startEpoch = async (
  trx: Db,
  room: RoomId,
  {
    keyId,
    oldKeyId,
    uptoSeq,
    ...sealed
  }: SealedSnapshot & { keyId: KeyId; oldKeyId: KeyId; uptoSeq: number },
): Promise<void> => {
  await trx('rooms')
    .where({ id: room })
    .update({
      ...sealed,
      snapshot_seq: uptoSeq,
      key_id: keyId,
      old_key_id: oldKeyId,
      epoch: trx.raw('epoch + 1'),
      forgets: null,
    });
};

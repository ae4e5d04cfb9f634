import { randomUUID } from 'node:crypto';
import { LongtableError } from '@longtable/shared/errors';
import type { Lineage, RoomId } from '@longtable/shared/ids';
import type { Deps } from '../../platform/deps.ts';
import { isKeyGone, type KeyId } from '../../platform/keyring.ts';
import { withSpareKeys } from '../../platform/spare-keys.ts';
import { type RoomPlaceRow, findPlaces, lockRooms } from './rooms.repository.ts';
import { announceRooms } from './rooms.service.ts';
import { startEmpty } from './upkeep.repository.ts';

/**
 * Makes a room empty and open again whose words nobody can read any more, their key being gone. Only ever because
 * somebody who could have put the key back says so: its sealed words are deleted.
 *
 * @throws LongtableError notFound, or notNow where its key is there, with nothing changed
 */
export async function startRoomAnew(
  { db, keyring, bus }: Pick<Deps, 'db' | 'keyring' | 'bus'>,
  room: RoomId,
): Promise<void> {
  await withSpareKeys(keyring, 1, (takeKey) =>
    db.transaction(async (trx) => {
      const [now] = await lockRooms(trx, [room]);
      if (!now) throw new LongtableError('notFound');
      if (!(await isKeyGone(keyring, now.key_id))) throw new LongtableError('notNow');
      await startEmpty(trx, room, { keyId: takeKey(), lineage: randomUUID() as Lineage });
    }),
  );
  announceRooms({ bus }, [room]);
}

/** The rooms that these keys belong to. */
export const roomsUnder = (db: Deps['db'], keys: readonly KeyId[]): Promise<RoomPlaceRow[]> =>
  findPlaces(db, keys);

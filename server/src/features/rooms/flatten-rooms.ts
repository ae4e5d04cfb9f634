import { randomUUID } from 'node:crypto';
import type { Lineage, RoomId } from '@longtable/shared/ids';
import { addDays } from '../people/people.service.ts';
import type { Deps } from '../../platform/deps.ts';
import { createKnexUpdateStore } from './knex-update-store.ts';
import { placeOf } from './rewrite.ts';
import type { Rewriter } from './rewriter.ts';
import { sealSnapshot } from './room-seals.ts';
import { lockRooms } from './rooms.repository.ts';
import { announceRooms } from './rooms.service.ts';
import { noteQuiet, startLineage, takeIdle } from './upkeep.repository.ts';

type Flattening = Pick<Deps, 'db' | 'keyring' | 'bus' | 'clock' | 'logger'>;

/**
 * A room is idle when nobody has written there for a day and a night. We keep days only, so it is the day before
 * yesterday at the latest that it stood as it stands now: between 24 and 72 hours.
 */
const IDLE_DAYS = 2;

/** One that may only be read waits until the evening of the round is over: its readers load it anew. */
const READ_ONLY_DAYS = 1;

/** Noted by one statement, which holds the lock of each of its rows until it ends. */
const ROOMS_NOTED = 500;

/** In one turn, one after another. With a turn an hour, five thousand rooms a day. */
const ROOMS_IN_TURN = 200;

/** Flattens what has been idle. What fails is left as it is, and tried again the next day. */
export async function flattenIdleRooms(
  deps: Flattening,
  rewriter: Rewriter,
  notedAtOnce = ROOMS_NOTED,
): Promise<number> {
  const today = deps.clock.today();
  let after: RoomId | null = null;
  do after = await noteQuiet(deps.db, today, { after, most: notedAtOnce });
  while (after !== null);
  const quietSince = { open: addDays(today, -IDLE_DAYS), readOnly: addDays(today, -READ_ONLY_DAYS) };
  let flattened = 0;
  for (const room of await takeIdle(deps.db, { today, quietSince, most: ROOMS_IN_TURN })) {
    try {
      if (await flattenRoom(deps, rewriter, room)) flattened += 1;
    } catch (error) {
      deps.logger.warn({ err: error }, 'a room was not flattened');
    }
  }
  return flattened;
}

/**
 * Rewrites a room as one server author under a new lineage: a clientID sits on every character, and tells two writers
 * apart for whoever has the bytes (ROOMS.md R24). Nothing else refers to these ids: quotes and rows have ids of their
 * own, notes stand beside a section, and cursors end when everybody is asked to join again.
 *
 * The key stays: under a new one no backup of the room could be read any more.
 *
 * Says false, with nothing changed, where somebody wrote meanwhile.
 */
export async function flattenRoom(
  { db, keyring, bus }: Pick<Flattening, 'db' | 'keyring' | 'bus'>,
  rewriter: Rewriter,
  id: RoomId,
): Promise<boolean> {
  const state = await createKnexUpdateStore({ db, keyring }).load(id);
  if (!state) return false;
  const { room, snapshot, tail } = state;
  const flat = await rewriter.run(() => ({
    as: 'flatten',
    place: placeOf(room),
    snapshot,
    tail: tail.map(({ bytes }) => bytes),
  }));
  const isDone = await db.transaction(async (trx) => {
    const [now] = await lockRooms(trx, [id]);
    const isSame = now?.lineage === room.lineage && now.epoch === room.epoch && now.head_seq === room.headSeq;
    if (!isSame) return false;
    const sealed = await sealSnapshot(keyring, now, flat);
    await startLineage(trx, id, { ...sealed, lineage: randomUUID() as Lineage, headSeq: now.head_seq });
    return true;
  });
  if (isDone) announceRooms({ bus }, [id]);
  return isDone;
}

import { readSection } from '@longtable/shared/documents/model/read-section';
import { sectionOf } from '@longtable/shared/documents/templates/templates';
import { LongtableError } from '@longtable/shared/errors';
import type { RoomId, WordsId } from '@longtable/shared/ids';
import type { Db, Deps } from '../../platform/deps.ts';
import type { KeyId, Keyring } from '../../platform/keyring.ts';
import {
  clearOldKey,
  findAsked,
  findForgetting,
  findOldKeys,
  type Forgetting,
  startEpoch,
} from './forgetting.repository.ts';
import { createKnexUpdateStore } from './knex-update-store.ts';
import { loadDoc, placeOf, type RewriteJob } from './rewrite.ts';
import type { Rewriter } from './rewriter.ts';
import { sealSnapshot, updateContext } from './room-seals.ts';
import { findUpdates, insertUpdates, type LockedRoom, lockRooms } from './rooms.repository.ts';
import { announceRooms } from './rooms.service.ts';
import type { StoredUpdate } from './update-store.ts';

type Deeds = Pick<Deps, 'db' | 'keyring' | 'bus' | 'logger'>;

/** In one turn, one after another. */
const ROOMS_IN_TURN = 20;

/** What is written while a room is compacted, at the very most; past it the room is taken up again next turn. */
const MOST_SINCE = 1_000;

/** Where the turns of one node have come to: rooms in which words go on standing must not keep the others waiting. */
export interface Turns {
  after: RoomId | null;
  /** How things were in a room when its words still stood; not looked at again until that is otherwise. */
  stood: Map<RoomId, string>;
}

export const startTurns = (): Turns => ({ after: null, stood: new Map() });

/** Makes taken-back words unreadable wherever they stood. What fails is tried again when its turn comes round. */
export async function forgetWords(deps: Deeds, rewriter: Rewriter, turns = startTurns()): Promise<number> {
  await destroyOldKeys(deps);
  let forgotten = 0;
  const dueNow = await findForgetting(deps.db, turns.after, ROOMS_IN_TURN);
  turns.after = dueNow.length < ROOMS_IN_TURN ? null : (dueNow.at(-1)?.id ?? null);
  for (const due of dueNow) {
    const now = [due.lineage, due.head_seq, ...due.forgets].join();
    if (turns.stood.get(due.id) === now) continue;
    turns.stood.delete(due.id);
    try {
      if (await moveToNewKey(deps, rewriter, due)) forgotten += 1;
      else turns.stood.set(due.id, now);
    } catch (error) {
      // A room whose key is gone is opened by nobody before it is decided about; the doctor names it.
      if (error instanceof LongtableError && error.code === 'unreadable') turns.stood.set(due.id, now);
      else deps.logger.warn({ err: error }, 'a room did not forget yet');
    }
  }
  return forgotten;
}

/**
 * Compacts a room, in which the words no longer stand, moves it to a new key and destroys the old one: no row, no copy
 * and no backup of what was said there before can be opened any more. Its epoch moves on, so that pages forget too
 * (ROOMS.md R25). The lineage stays, and with it what is unsent.
 *
 * Says false, with nothing changed, where the words still stand there or came back, or the room was rewritten or asked
 * to forget more meanwhile.
 */
export async function moveToNewKey(
  { db, keyring, bus, logger }: Deeds,
  rewriter: Rewriter,
  { id, forgets }: Forgetting,
): Promise<boolean> {
  const state = await createKnexUpdateStore({ db, keyring }).load(id);
  if (!state) return false;
  const { room } = state;
  const held = { place: placeOf(room), snapshot: state.snapshot, tail: state.tail.map(({ bytes }) => bytes) };
  if (saysAny(held, forgets)) return false;
  const compacted = await rewriter.run(() => ({ as: 'compact', ...held }));
  const keyId = await keyring.createKey();
  // Where the transaction fails, the answer of one that went well may have been lost: the new key stays. A key that
  // seals nothing harms nobody; one that is missing takes a room with it.
  const isDone = await db.transaction(async (trx) => {
    const [now] = await lockRooms(trx, [id]);
    const isSame = now?.lineage === room.lineage && now.epoch === room.epoch;
    if (!isSame || now.snapshot_seq > room.headSeq) return false;
    const asked = await findAsked(trx, id);
    // An old key that still waits would be written over, and live for ever.
    if (!asked?.forgets?.every((words) => forgets.includes(words)) || asked.old_key_id !== null) return false;
    const since = await openLog(trx, keyring, now, room.headSeq);
    if (since === null) return false;
    const log = since.map(({ bytes }) => bytes);
    // Its writer's own undo brings words back.
    if (log.length > 0 && saysAny({ ...held, tail: [...held.tail, ...log] }, forgets)) return false;
    const renewed = { ...now, key_id: keyId };
    await sealLogAnew(trx, keyring, renewed, since);
    const sealed = await sealSnapshot(keyring, renewed, compacted);
    await startEpoch(trx, id, { ...sealed, keyId, oldKeyId: now.key_id, uptoSeq: room.headSeq });
    return true;
  });
  if (!isDone) {
    await keyring.destroyKey(keyId);
    return false;
  }
  announceRooms({ bus }, [id]);
  await destroyOldKeys({ db, keyring, logger });
  return true;
}

/** What was written after the snapshot; null where it is too much to do under a lock. */
async function openLog(
  trx: Db,
  keyring: Keyring,
  { id, circle_id, lineage }: Pick<LockedRoom, 'id' | 'circle_id' | 'lineage'>,
  uptoSeq: number,
): Promise<StoredUpdate[] | null> {
  const since = await findUpdates(trx, { id, lineage }, uptoSeq, MOST_SINCE + 1);
  if (since.length > MOST_SINCE) return null;
  const updates: StoredUpdate[] = [];
  for (const { seq, update_sealed } of since)
    updates.push({ seq, bytes: await keyring.open(updateContext(id, seq, circle_id), update_sealed) });
  return updates;
}

async function sealLogAnew(
  trx: Db,
  keyring: Keyring,
  { id, circle_id, key_id }: Pick<LockedRoom, 'id' | 'circle_id' | 'key_id'>,
  since: readonly StoredUpdate[],
): Promise<void> {
  const updates = [];
  for (const { seq, bytes } of since) {
    const context = updateContext(id, seq, circle_id);
    updates.push({ room: id, seq, sealed: await keyring.seal(key_id, context, bytes) });
  }
  await trx('room_updates').where({ room_id: id }).delete();
  if (updates.length > 0) await insertUpdates(trx, updates);
}

function saysAny(held: Omit<RewriteJob, 'as'>, words: readonly WordsId[]): boolean {
  const { kind, section, audience } = held.place;
  const doc = loadDoc(held);
  const { blocks } = readSection(doc, sectionOf(kind, section), audience);
  doc.destroy();
  return blocks.some(({ cites, runs }) => runs.length > 0 && words.some((id) => id === cites));
}

/** Of rooms that have moved on; also of those that were killed in between. */
async function destroyOldKeys({ db, keyring, logger }: Omit<Deeds, 'bus'>): Promise<void> {
  for (const { id, old_key_id } of await findOldKeys(db)) {
    try {
      await destroyOne(db, keyring, id, old_key_id);
    } catch (error) {
      logger.warn({ err: error }, 'an old key was not destroyed yet');
    }
  }
}

async function destroyOne(db: Db, keyring: Keyring, id: Forgetting['id'], key: KeyId): Promise<void> {
  await keyring.destroyKey(key);
  await clearOldKey(db, id, key);
}

import { LongtableError } from '@longtable/shared/errors';
import type { CircleId, RoomId, RoundId } from '@longtable/shared/ids';
import {
  happen,
  isHeld,
  isOver,
  mayHappen,
  type RoundEvent,
  type RoundState,
} from '@longtable/shared/rounds/round';
import type { Db, Deps } from '../../platform/deps.ts';
import type { Document } from '../documents/documents.service.ts';
import { announceRooms, reopenRooms } from '../rooms/rooms.service.ts';
import { holdRound, type Round, sealState } from './round-state.ts';
import { fixShown, forgetUnshown } from './counting.ts';
import * as repository from './rounds.repository.ts';

/**
 * Lets one event happen, under the round's lock, with all that follows from it. `decide` may do what belongs
 * to it in the same transaction; where it gives none, what it did stays inside `circle`.
 */
export async function letHappen(
  deps: Deps,
  id: RoundId,
  decide: (trx: Db, round: Round) => Promise<readonly RoundEvent[]>,
  circle: CircleId | null = null,
): Promise<void> {
  const { document, rooms, isSeen } = await deps.db.transaction(async (trx) => {
    const reading = { db: trx, keyring: deps.keyring };
    const round = await holdRound(reading, id);
    const events = await decide(trx, round);
    if (events.length === 0) return { document: round.document, rooms: [], isSeen: false };
    const { after, rooms } = await applyEvents(deps, trx, round, events);
    // A sealed answer is nobody's to notice.
    const isSeen = events.some((event) =>
      event.type === 'answer' ? after.sections[event.section]!.isRevealed : event.type !== 'recount',
    );
    return { document: round.document, rooms, isSeen };
  });
  announceRooms(deps, rooms);
  announceStanding(deps, document, isSeen ? null : circle);
}

/** One after the other, of a round that is held. @throws LongtableError notNow */
export async function applyEvents(
  deps: Deps,
  trx: Db,
  round: Round,
  events: readonly RoundEvent[],
): Promise<{ after: RoundState; rooms: RoomId[] }> {
  const after = events.reduce((state, event) => {
    if (!mayHappen(state, event)) throw new LongtableError('notNow');
    return happen(state, event);
  }, round.state);
  await repository.updateRound(trx, round.id, {
    is_closed: after.isClosed,
    state_sealed: await sealState({ db: trx, keyring: deps.keyring }, round.id, round.partnershipId, after),
  });
  return { after, rooms: await follow(deps, trx, round, after) };
}

/** Days, rooms and what is kept of answers after events. Gives the rooms in which the right to write changed. */
async function follow(deps: Deps, trx: Db, round: Round, after: RoundState): Promise<RoomId[]> {
  const { id, state: before, reviewMonths } = round;
  const rooms = new Map((await repository.findSections(trx, id)).map((row) => [row.section, row.room_id]));
  const freed: RoomId[] = [];
  const pinned: RoomId[] = [];
  for (const [section, now] of Object.entries(after.sections)) {
    const was = before.sections[section]!;
    const room = rooms.get(section)!;
    const isEnding = isOver(after, section) && !isOver(before, section);
    // What this round does not hold, another one may hold by now.
    if (isHeld(before, section) && !isHeld(after, section)) freed.push(room);
    if (now.version > was.version) pinned.push(room);
    if (now.status === 'agreed' && was.status !== 'agreed') {
      const agreed_on = deps.clock.today();
      await repository.updateSection(trx, id, section, {
        agreed_on,
        review_on: addMonths(agreed_on, reviewMonths),
      });
    }
    if (now.status !== 'agreed' && was.status === 'agreed') {
      await repository.updateSection(trx, id, section, { agreed_on: null, review_on: null });
    }
    await fixShown(deps, trx, round, section, was, now);
    // What was never shown is shown to nobody later; what was shown, of these words and earlier ones, stays.
    if ((isEnding && (now.status === 'pinned' || now.status === 'reopened')) || now.version > was.version) {
      const kept = was.isRevealed ? [...Object.keys(was.answers), ...was.withdrawn] : [];
      await repository.deleteAnswers(trx, { round_id: id, section, version: was.version }, kept);
      await forgetUnshown(deps, trx, round, section, was.version);
    }
  }
  if (freed.length > 0) await reopenRooms(trx, freed);
  return [...freed, ...pinned];
}

/** The last day of the month where the day does not exist there. */
export function addMonths(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  const last = new Date(Date.UTC(year, month + months, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10);
}

/** Has everyone at the table, or in one circle only, look again. */
export const announceStanding = (
  { bus }: Pick<Deps, 'bus'>,
  { id, partnershipId }: Document,
  circleId: CircleId | null,
): void => bus.publish({ kind: 'standing', partnershipId, circleId, documentId: id });

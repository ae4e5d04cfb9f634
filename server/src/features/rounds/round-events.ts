import { LongtableError } from '@longtable/shared/errors';
import type { CircleId, RoomId, RoundId } from '@longtable/shared/ids';
import {
  happen,
  mayHappen,
  type RoundEvent,
  type RoundSection,
  type RoundState,
} from '@longtable/shared/rounds/round';
import type { Db, Deps } from '../../platform/deps.ts';
import type { Document } from '../documents/documents.service.ts';
import { announceRooms, reopenRooms } from '../rooms/rooms.service.ts';
import { holdRound, type Round, sealState } from './round-state.ts';
import * as repository from './rounds.repository.ts';

/**
 * Lets one event happen, under the round's lock, with all that follows from it. `decide` may do what belongs
 * to it in the same transaction; where it gives none, what it did stays inside `circle`.
 */
export async function letHappen(
  deps: Deps,
  id: RoundId,
  decide: (trx: Db, round: Round) => Promise<RoundEvent | null>,
  circle: CircleId | null = null,
): Promise<void> {
  const { document, rooms, isSeen } = await deps.db.transaction(async (trx) => {
    const reading = { db: trx, keyring: deps.keyring };
    const round = await holdRound(reading, id);
    const event = await decide(trx, round);
    if (!event) return { document: round.document, rooms: [], isSeen: false };
    if (!mayHappen(round.state, event)) throw new LongtableError('notNow');
    const after = happen(round.state, event);
    await repository.updateRound(trx, id, {
      is_closed: after.isClosed,
      state_sealed: await sealState(reading, id, round.partnershipId, after),
    });
    const changed = await follow(deps, trx, round, after);
    // A sealed answer is nobody's to notice.
    const isSeen = event.type !== 'answer' || after.sections[event.section]!.isRevealed;
    return { document: round.document, rooms: changed, isSeen };
  });
  announceRooms(deps, rooms);
  announceStanding(deps, document, isSeen ? null : circle);
}

/** Days and rooms after an event. Gives the rooms in which the right to write changed. */
async function follow(
  { clock }: Deps,
  trx: Db,
  { id, state: before, reviewMonths }: Round,
  after: RoundState,
): Promise<RoomId[]> {
  const rooms = new Map((await repository.findSections(trx, id)).map((row) => [row.section, row.room_id]));
  const isEnding = after.isClosed && !before.isClosed;
  const freed: RoomId[] = [];
  const pinned: RoomId[] = [];
  for (const [section, now] of Object.entries(after.sections)) {
    const was = before.sections[section]!;
    const room = rooms.get(section)!;
    const isSettled = now.status !== was.status && (now.status === 'agreed' || now.status === 'reopened');
    // Once a round has ended, another one may hold the same words: this one has no say any more.
    if (!before.isClosed && (isSettled || (isEnding && isHeld(now)))) freed.push(room);
    if (now.version > was.version) pinned.push(room);
    if (now.status === 'agreed' && was.status !== 'agreed') {
      const agreed_on = clock.today();
      await repository.updateSection(trx, id, section, {
        agreed_on,
        review_on: addMonths(agreed_on, reviewMonths),
      });
    }
    if (now.status !== 'agreed' && was.status === 'agreed') {
      await repository.updateSection(trx, id, section, { agreed_on: null, review_on: null });
    }
    // What was never shown is shown to nobody later; what was said of earlier words was shown, and stays.
    if (isEnding && now.status === 'pinned') await repository.deleteAnswers(trx, id, section, now.version);
  }
  if (freed.length > 0) await reopenRooms(trx, freed);
  return [...freed, ...pinned];
}

/** Its words may be read-only for the sake of this round. */
const isHeld = ({ status }: RoundSection): boolean => status === 'pinned' || status === 'waiting';

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

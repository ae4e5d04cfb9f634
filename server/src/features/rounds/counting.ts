import type { CircleId, SeatId } from '@longtable/shared/ids';
import type { RoundEvent, RoundSection } from '@longtable/shared/rounds/round';
import type { Db, Deps } from '../../platform/deps.ts';
import { readCircle } from '../circles/circles.service.ts';
import { seatedIn } from '../people/people.service.ts';
import { openSaid, positionOf, sealSaid, show } from './circle-answers.ts';
import type { Reading, Round } from './round-state.ts';
import * as repository from './rounds.repository.ts';

export const membersOf = ({ db }: Pick<Reading, 'db'>, circle: CircleId): Promise<SeatId[]> =>
  seatedIn(db, circle);

type Recount = Extract<RoundEvent, { type: 'recount' }>;

/** What answers come to otherwise than when they were given, since somebody has left. To be let happen before a showing. */
export async function recounts(reading: Reading, { id, state }: Round, section: string): Promise<Recount[]> {
  const now = state.sections[section];
  if (now?.status !== 'pinned') return [];
  const events: Recount[] = [];
  for (const row of await repository.findAnswersTo(reading.db, id, section, now.version)) {
    const circle = row.circle_id;
    const said = await openSaid(reading.keyring, row);
    const before = now.answers[circle] ?? null;
    const position = positionOf(said, await membersOf(reading, circle), before !== null);
    if (position !== before) events.push({ type: 'recount', section, circle, position });
  }
  return events;
}

/** Fixes what everyone is shown, for circles that are shown it now: what a circle was shown to say stays its own. */
export async function fixShown(
  { keyring, clock }: Deps,
  trx: Db,
  { id }: Round,
  section: string,
  was: RoundSection,
  now: RoundSection,
): Promise<void> {
  if (!now.isRevealed || now === was) return;
  for (const row of await repository.findAnswersTo(trx, id, section, now.version)) {
    const circle = row.circle_id;
    const position = now.answers[circle];
    if (position === undefined || (was.isRevealed && was.answers[circle] !== undefined)) continue;
    const said = await openSaid(keyring, row);
    const members = await membersOf({ db: trx }, circle);
    const shown = show(said, position, members, was.isRevealed ? clock.today() : null);
    const { keyId } = await readCircle(trx, circle);
    await repository.upsertAnswer(trx, { ...row, said_sealed: await sealSaid(keyring, keyId, row, shown) });
  }
}

/**
 * Of what stays once nobody is asked any more, what single members said and was never shown: some of a circle that took
 * its consent back may have answered again, and others inside had not yet.
 */
export async function forgetUnshown(
  { keyring }: Deps,
  trx: Db,
  { id }: Round,
  section: string,
  version: number,
): Promise<void> {
  for (const row of await repository.findAnswersTo(trx, id, section, version)) {
    const said = await openSaid(keyring, row);
    if (Object.keys(said.answers).length === 0) continue;
    const { keyId } = await readCircle(trx, row.circle_id);
    const said_sealed = await sealSaid(keyring, keyId, row, { ...said, answers: {} });
    await repository.upsertAnswer(trx, { ...row, said_sealed });
  }
}

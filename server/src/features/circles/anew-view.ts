import type { CircleId, PartnershipId } from '@longtable/shared/ids';
import type { AskedAnew } from '@longtable/shared/protocol/http/anew';
import type { CircleInside } from '@longtable/shared/protocol/http/circles';
import type { Db } from '../../platform/deps.ts';
import { readQuestions } from './anew-questions.ts';

/**
 * What is asked about circles, as one seat may know it. That one was asked about, and the answer, is told to all until
 * the day is over: to its own members, so that nobody looks at it behind their backs, and to the others, who may ask.
 * Which other circles agree is told to nobody.
 */
export async function readAsked(
  db: Db,
  partnershipId: PartnershipId,
  own: CircleId | null,
): Promise<ReadonlyMap<CircleId, AskedAnew>> {
  const { open, answered } = await readQuestions(db, partnershipId);
  return new Map([
    ...open.map(({ about, agreeing }): [CircleId, AskedAnew] => [
      about,
      { state: 'asked', agrees: own === null || own === about ? null : agreeing.has(own) },
    ]),
    ...answered.map(({ about }): [CircleId, AskedAnew] => [
      about,
      { state: 'answered', agrees: own === null || own === about ? null : false },
    ]),
  ]);
}

/** What waits for a word of this circle: whether it is here itself comes before whether it agrees about another. */
export async function readWaitingForUs(
  db: Db,
  { id, partnershipId }: { id: CircleId; partnershipId: PartnershipId },
): Promise<CircleInside['anew']> {
  const asked = await readAsked(db, partnershipId, id);
  if (asked.get(id)?.state === 'asked') return 'us';
  return [...asked.values()].some(({ state, agrees }) => state === 'asked' && agrees === false)
    ? 'them'
    : null;
}

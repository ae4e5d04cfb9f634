import { LongtableError } from '@longtable/shared/errors';
import type { CircleId, PartnershipId } from '@longtable/shared/ids';
import { ANEW_WAIT_MINUTES } from '@longtable/shared/limits';
import type { Db, Deps } from '../../platform/deps.ts';
import type { KeyId } from '../../platform/keyring.ts';
import { withSpareKeys } from '../../platform/spare-keys.ts';
import { endExpiredSessionsAt } from '../people/leaving.service.ts';
import { isCircleReachable, refuseWaiting } from '../people/people.service.ts';
import { holdPartnership } from '../partnerships/partnerships.service.ts';
import { changesOfWaiting, type Question, questionsToLookAt, readQuestions } from './anew-questions.ts';
import type { CircleFacts } from './circles.policy.ts';
import { lockCircle } from './circles.repository.ts';
import { addCircleInPlaceOf } from './circles.service.ts';
import * as repository from './anew.repository.ts';

/**
 * Asks every other circle. @throws LongtableError notNow where nobody ever sat there, or it has ended; askedToday where
 * it was answered today, which is said the same whoever is there
 */
export const askAnew = (deps: Deps, circle: CircleFacts, byMemberOf: CircleId | null): Promise<void> =>
  say(deps, circle, async (trx) => {
    const { seated, answered } = await readQuestions(trx, circle.partnershipId);
    if (!seated.has(circle.id)) throw new LongtableError('notNow');
    if (answered.some(({ about }) => about === circle.id)) throw new LongtableError('askedToday');
    await repository.putAsk(trx, circle.id);
    if (byMemberOf) await sayYes(trx, circle.id, byMemberOf);
  });

/** Another circle's word, as long as the question is open; whoever inside was last counts. @throws LongtableError notNow */
export const agreeAnew = (deps: Deps, circle: CircleFacts, by: CircleId, agrees: boolean): Promise<void> =>
  say(deps, circle, async (trx) => {
    const { open } = await readQuestions(trx, circle.partnershipId);
    if (!open.some(({ about }) => about === circle.id)) throw new LongtableError('notNow');
    if (agrees) await sayYes(trx, circle.id, by);
    else await repository.deleteAgreement(trx, { about_id: circle.id, circle_id: by });
  });

/**
 * The waiting time begins afresh with every yes, also where it runs already because this circle was asked about
 * itself: whoever had kept theirs back could otherwise choose the minute at which it is looked.
 */
async function sayYes(trx: Db, about: CircleId, by: CircleId): Promise<void> {
  if (await repository.putAgreement(trx, { about_id: about, circle_id: by }))
    await repository.setLooksFrom(trx, about, null);
}

/** Somebody of the circle says so; the question ends. Asked nothing, it is no error. */
export const sayWeAreHere = (deps: Deps, circle: CircleFacts): Promise<void> =>
  say(deps, circle, (trx) => repository.setAnswered(trx, circle.id, deps.clock.today()));

/** As if it had not been asked: nobody has looked. An answer stays until its day is over. */
export const takeBackAnew = (deps: Deps, circle: CircleFacts): Promise<void> =>
  say(deps, circle, (trx) => repository.deleteOpenAsk(trx, circle.id));

/** One word. It decides nothing by itself: only a waiting time can begin with it, or end. */
async function say(
  deps: Deps,
  { partnershipId }: CircleFacts,
  what: (trx: Db) => Promise<void>,
): Promise<void> {
  const { db, keyring, clock } = deps;
  await settleAnew(deps, partnershipId);
  await db.transaction(async (trx) => {
    await holdPartnership(trx, keyring, partnershipId);
    await what(trx);
    await setWaiting(trx, partnershipId, clock.nowMs());
  });
}

/** The waiting time of each question begins when all others agree, and begins afresh when one has taken that back. */
async function setWaiting(trx: Db, partnershipId: PartnershipId, nowMs: number): Promise<void> {
  const { begin, end } = changesOfWaiting(await readQuestions(trx, partnershipId));
  for (const { about } of begin)
    await repository.setLooksFrom(trx, about, nowMs + ANEW_WAIT_MINUTES * 60_000);
  for (const { about } of end) await repository.setLooksFrom(trx, about, null);
}

/**
 * Whatever time has brought, at the first request after it: before anybody is shown what is asked. Nobody is told;
 * pages look again by themselves.
 */
export async function settleAnew(deps: Deps, partnershipId: PartnershipId): Promise<void> {
  const { db, keyring, clock } = deps;
  const [nowMs, today] = [clock.nowMs(), clock.today()];
  const before = await readQuestions(db, partnershipId);
  const old = before.answered.filter(({ answeredOn }) => answeredOn < today).map(({ about }) => about);
  if (old.length > 0) await repository.deleteAnsweredBefore(db, old, today);
  const count = questionsToLookAt(before, nowMs).length;
  const { begin, end } = changesOfWaiting(before);
  if (count + begin.length + end.length === 0) return;
  // Whoever is looked at may have a seat on a device whose days are over: nobody could come back with that.
  if (count > 0) await endExpiredSessionsAt(deps, partnershipId);
  await withSpareKeys(keyring, count, (takeKey) =>
    db.transaction(async (trx) => {
      await holdPartnership(trx, keyring, partnershipId);
      const looked = questionsToLookAt(await readQuestions(trx, partnershipId), nowMs);
      // More than a moment ago: whoever asks next looks at all of them.
      if (looked.length > count) return;
      if (await isAnybodyLeft(trx, looked))
        for (const { about } of looked) await repository.setAnswered(trx, about, today);
      else for (const { about } of looked) await endInFavourOf(trx, deps, about, takeKey);
      await setWaiting(trx, partnershipId, nowMs);
    }),
  );
}

/** For whoever only reads: what time has brought can come about with the next request as well. */
export const settleAnewIfPossible = (deps: Deps, partnershipId: PartnershipId): Promise<void> =>
  settleAnew(deps, partnershipId).catch((error: unknown) =>
    deps.logger.error({ err: error }, 'what was asked about a circle could not be looked at'),
  );

/** In any of them: a different answer for each would tell of one what another has not agreed to yet. */
async function isAnybodyLeft(trx: Db, looked: readonly Question[]): Promise<boolean> {
  let isLeft = false;
  for (const { about } of looked) {
    await lockCircle(trx, about);
    if (await isCircleReachable(trx, about)) isLeft = true;
  }
  return isLeft;
}

/** A place that all agreed to give to one organisation is nobody else's: it ends, and the organisation may ask again. */
async function endInFavourOf(
  trx: Db,
  { keyring }: Deps,
  about: CircleId,
  takeKey: () => KeyId,
): Promise<void> {
  const circle = await lockCircle(trx, about);
  if (!circle) return;
  await repository.endCircle(trx, about);
  await refuseWaiting(trx, about);
  if (!circle.is_promised) await addCircleInPlaceOf(trx, keyring, circle, takeKey());
}

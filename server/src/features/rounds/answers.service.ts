import { LongtableError } from '@longtable/shared/errors';
import type { CircleId, RoundId, SeatId } from '@longtable/shared/ids';
import { type Answer, Rule } from '@longtable/shared/protocol/http/rounds';
import { mayHappen, type RoundEvent } from '@longtable/shared/rounds/round';
import type { Db, Deps } from '../../platform/deps.ts';
import { type Circle, holdGrant, readCircle } from '../circles/circles.service.ts';
import type { Seat } from '../people/people.service.ts';
import {
  nothingSaid,
  openSaid,
  positionOf,
  ruleContext,
  sealSaid,
  withAnswer,
  withdrawn,
  withoutOthers,
} from './circle-answers.ts';
import { membersOf, recounts } from './counting.ts';
import { isHeardWhereAsked } from './heard.service.ts';
import { letHappen } from './round-events.ts';
import type { Reading, Round } from './round-state.ts';
import { padded } from './padded.ts';
import * as repository from './rounds.repository.ts';
import type { AnswerPlace } from './rounds.repository.ts';

/**
 * A member answers. What counts for the circle follows from the circle's own rule; until it counts, nothing
 * happens that anyone outside could see.
 * @throws LongtableError notFound, notNow, notHeard
 */
export async function answerRound(
  deps: Deps,
  id: RoundId,
  section: string,
  seat: Seat,
  answer: Answer,
): Promise<void> {
  await letHappen(
    deps,
    id,
    async (trx, round) => {
      const circle = await circleOf(trx, seat);
      const here = round.state.sections[section];
      const { version, ...given } = answer;
      const event = { type: 'answer', section, circle: circle.id, position: given.position } as const;
      if (here?.version !== version || !mayHappen(round.state, event)) throw new LongtableError('notNow');
      const isYes = given.position !== 'objection';
      if (isYes && !(await isHeardWhereAsked(trx, deps.keyring, round.document, section, circle.id))) {
        throw new LongtableError('notHeard');
      }
      const reading = { db: trx, keyring: deps.keyring };
      const place = placeOf(round, section, circle);
      const members = await membersOf(reading, circle.id);
      const said = withAnswer(await saidBefore(reading, place, members), seat.id, given);
      await repository.upsertAnswer(trx, {
        ...place,
        said_sealed: await sealSaid(deps.keyring, circle.keyId, place, said),
      });
      const position = positionOf(said, members, here.answers[circle.id] !== undefined);
      if (position === null) return [];
      // It may be the last that was waited for, and others may have lost who gave theirs.
      const others = await recounts(reading, round, section);
      return [...others.filter((each) => each.circle !== circle.id), { ...event, position }];
    },
    seat.circleId,
  );
}

/** What those who sit in the circle have said of these words so far, under the rule by which they began. */
async function saidBefore(reading: Reading, place: AnswerPlace, members: readonly SeatId[]) {
  const row = await repository.findAnswer(reading.db, place);
  const before = row && withoutOthers(await openSaid(reading.keyring, row), members);
  if (before && Object.keys(before.answers).length > 0) return before;
  return {
    ...nothingSaid((await readRule(reading, place.circle_id)).rule),
    withdrawnOn: before?.withdrawnOn ?? null,
    wasUnnamed: before?.wasUnnamed ?? null,
  };
}

/** Takes a circle's consent back, by any of its members. @throws LongtableError notFound, notNow */
export async function withdrawConsent(deps: Deps, id: RoundId, section: string, seat: Seat): Promise<void> {
  await letHappen(deps, id, async (trx, round) => {
    const circle = await circleOf(trx, seat);
    const event: RoundEvent = { type: 'withdraw', section, circle: circle.id };
    if (!mayHappen(round.state, event)) throw new LongtableError('notNow');
    const place = placeOf(round, section, circle);
    const row = await repository.findAnswer(trx, place);
    const said = withdrawn(row ? await openSaid(deps.keyring, row) : null, deps.clock.today());
    await repository.upsertAnswer(trx, {
      ...place,
      said_sealed: await sealSaid(deps.keyring, circle.keyId, place, said),
    });
    return [event];
  });
}

const placeOf = ({ id, state }: Round, section: string, circle: Circle): AnswerPlace => ({
  round_id: id,
  section,
  version: state.sections[section]!.version,
  circle_id: circle.id,
});

/**
 * A member's circle. Whether it is asked is for the round to say. A seat whose rights were taken away while
 * its request was on the way speaks for nobody any more. @throws LongtableError notFound
 */
async function circleOf(trx: Db, seat: Seat): Promise<Circle> {
  if (seat.circleId === null) throw new LongtableError('notFound');
  const circle = await readCircle(trx, seat.circleId);
  if (!(await holdGrant(trx, seat.id, circle.partnershipId, circle.id))) throw new LongtableError('notFound');
  return circle;
}

export async function readRule({ db, keyring }: Reading, circle: CircleId): Promise<Rule> {
  const sealed = await repository.findRule(db, circle);
  if (!sealed) return { rule: 'speaker', isReleased: false };
  return Rule.parse(JSON.parse((await keyring.open(ruleContext(circle), sealed)).toString()));
}

/** Longer than any rule, so that the length of what is sealed does not tell which it is. */
const RULE_BYTES = 64;

export async function chooseRule({ db, keyring }: Deps, circle: Circle, rule: Rule): Promise<void> {
  const sealed = await keyring.seal(circle.keyId, ruleContext(circle.id), padded(rule, RULE_BYTES));
  await repository.upsertRule(db, circle.id, sealed);
}

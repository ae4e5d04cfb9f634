import type { CircleId, SeatId } from '@longtable/shared/ids';
import type { Answer, CircleRule, Dissent } from '@longtable/shared/protocol/http/rounds';
import type { Position } from '@longtable/shared/rounds/round';
import type { Keyring, SealContext } from '../../platform/keyring.ts';
import { padded } from './padded.ts';
import type { AnswerPlace, AnswerRow } from './rounds.repository.ts';

/** What one circle has said of one version. Sealed as a whole with the circle's key: it tells who inside said what. */
export interface Said {
  /** As it was when the circle first answered: nobody changes the rule to overrule who has spoken. */
  rule: CircleRule;
  /** By seat under `allAgree`; under `speaker` one, without a seat. */
  answers: Record<string, OneAnswer>;
  /** The day, where it was given after answers were shown. */
  on: string | null;
  withdrawnOn: string | null;
}

export type OneAnswer = Pick<Answer, 'position' | 'reason' | 'dissent'>;

/** One reason of the longest in most languages; a yes takes as much. */
const SAID_STEP_BYTES = 4_096;

const SPEAKER = 'speaker';

/** Worse counts more, and what says less in an export counts more. */
const POSITIONS: readonly Position[] = ['consent', 'concern', 'objection'];
const DISSENTS: readonly Dissent[] = ['named', 'unnamed', 'inside'];

const contextOf = ({ round_id, section, version, circle_id }: AnswerPlace): SealContext => ({
  table: 'round_answers',
  column: 'said',
  row: `${round_id}/${section}/${version}`,
  audience: `circle:${circle_id}`,
});

export const sealSaid = (
  keyring: Keyring,
  keyId: Parameters<Keyring['seal']>[0],
  place: AnswerPlace,
  said: Said,
): Promise<Buffer> => keyring.seal(keyId, contextOf(place), padded(said, SAID_STEP_BYTES));

export const openSaid = async (keyring: Keyring, row: AnswerRow): Promise<Said> =>
  JSON.parse((await keyring.open(contextOf(row), row.said_sealed)).toString()) as Said;

export const nothingSaid = (rule: CircleRule): Said => ({ rule, answers: {}, on: null, withdrawnOn: null });

export const answerOf = (said: Said, seat: SeatId): OneAnswer | null =>
  said.answers[said.rule === 'speaker' ? SPEAKER : seat] ?? null;

export const withAnswer = (said: Said, seat: SeatId, answer: OneAnswer): Said => ({
  ...said,
  answers: { ...said.answers, [said.rule === 'speaker' ? SPEAKER : seat]: answer },
});

/**
 * What counts for the circle: under `allAgree` the worst of its members' answers, once all have answered.
 * One that counted already is counted afresh, so that a new objection is never lost to somebody's silence.
 */
export function positionOf(said: Said, members: readonly SeatId[], hasCounted: boolean): Position | null {
  const given =
    said.rule === 'speaker'
      ? Object.values(said.answers)
      : members.flatMap((seat) => said.answers[seat] ?? []);
  const isWhole = said.rule === 'speaker' ? given.length > 0 : given.length === members.length;
  if (given.length === 0 || (!isWhole && !hasCounted)) return null;
  return POSITIONS[Math.max(...given.map(({ position }) => POSITIONS.indexOf(position)))]!;
}

/** The circle's reason in one piece and in no order of theirs: how many wrote it is the circle's own affair. */
export function reasonOf(said: Said, position: Position): string | null {
  const reasons = Object.values(said.answers).flatMap((each) =>
    each.position === position ? (each.reason ?? []) : [],
  );
  return position === 'consent' || reasons.length === 0 ? null : [...new Set(reasons)].sort().join(' ');
}

/** Of what its members chose for exports, what says least. */
export function dissentOf(said: Said, position: Position): Dissent {
  const chosen = Object.values(said.answers).flatMap((each) =>
    each.position === position ? each.dissent : [],
  );
  return DISSENTS[
    Math.max(DISSENTS.indexOf('named'), ...chosen.map((dissent) => DISSENTS.indexOf(dissent)))
  ]!;
}

export const ruleContext = (circle: CircleId): SealContext => ({
  table: 'circle_rules',
  column: 'rule',
  row: circle,
  audience: `circle:${circle}`,
});

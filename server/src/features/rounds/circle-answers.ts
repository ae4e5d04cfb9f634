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
  /**
   * By seat, for as long as nothing is shown: who leaves takes theirs along. Under `speaker` that of whoever was last,
   * alone. Empty from the showing on: who inside said what is then nobody's to know.
   */
  answers: Record<string, OneAnswer>;
  /** What everyone was shown. It is the circle's, whoever sits there later. */
  shown: OneAnswer | null;
  /** The day, where it was given after answers were shown. */
  on: string | null;
  withdrawnOn: string | null;
  /**
   * A worry without a name that the circle was shown to have before it took its consent back. Exports go on telling
   * it: if it went on the day on which the circle is named, two files side by side would say whose it was.
   */
  wasUnnamed: OneAnswer | null;
}

export type OneAnswer = Pick<Answer, 'position' | 'reason' | 'dissent'>;

/** One reason of the longest in most languages; a yes takes as much. */
const SAID_STEP_BYTES = 4_096;

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

export const nothingSaid = (rule: CircleRule): Said => ({
  rule,
  answers: {},
  shown: null,
  on: null,
  withdrawnOn: null,
  wasUnnamed: null,
});

/** A consent taken back on a day. */
export const withdrawn = (before: Said | null, day: string): Said => ({
  ...nothingSaid('speaker'),
  withdrawnOn: day,
  wasUnnamed: unnamedOf(before),
});

/** The worry that exports tell without a name, once it has been shown. */
export const unnamedOf = (said: Said | null): OneAnswer | null => {
  if (said?.shown?.position === 'concern' && said.shown.dissent === 'unnamed' && said.on === null)
    return said.shown;
  return said?.wasUnnamed ?? null;
};

/** What a seat may change: its own answer, under `speaker` that of whoever spoke last and still sits there. */
export const answerOf = (said: Said, seat: SeatId, members: readonly SeatId[]): OneAnswer | null =>
  (said.rule === 'speaker' ? givenBy(said, members)[0] : said.answers[seat]) ?? null;

export const withAnswer = (said: Said, seat: SeatId, answer: OneAnswer): Said => ({
  ...said,
  answers: { ...(said.rule === 'speaker' ? {} : said.answers), [seat]: answer },
});

/** Who has left has said nothing. */
export const withoutOthers = (said: Said, members: readonly SeatId[]): Said => ({
  ...said,
  answers: Object.fromEntries(
    Object.entries(said.answers).filter(([seat]) => members.includes(seat as SeatId)),
  ),
});

/** Of whoever sits there now: nobody speaks for a circle that they have left. */
const givenBy = (said: Said, members: readonly SeatId[]): OneAnswer[] =>
  members.flatMap((seat) => said.answers[seat] ?? []);

/**
 * What counts for the circle: under `allAgree` the worst of its members' answers, once all have answered.
 * One that counted already is counted afresh, so that a new objection is never lost to somebody's silence.
 */
export function positionOf(said: Said, members: readonly SeatId[], hasCounted: boolean): Position | null {
  const given = givenBy(said, members);
  const isWhole = said.rule === 'speaker' ? given.length > 0 : given.length === members.length;
  if (given.length === 0 || (!isWhole && !hasCounted)) return null;
  return POSITIONS[Math.max(...given.map(({ position }) => POSITIONS.indexOf(position)))]!;
}

/** What everyone is shown from now on, as the circle's one answer; `on` is a day where others were shown before. */
export function show(said: Said, position: Position, members: readonly SeatId[], on: string | null): Said {
  const given = givenBy(said, members).filter((each) => each.position === position);
  const shown = { position, reason: reasonOf(given), dissent: dissentOf(given) };
  return { ...said, answers: {}, shown, on };
}

/** In one piece and in no order of theirs: how many wrote it is the circle's own affair. */
function reasonOf(given: readonly OneAnswer[]): string | null {
  const reasons = given.flatMap(({ position, reason }) => (position === 'consent' ? [] : (reason ?? [])));
  return reasons.length === 0 ? null : [...new Set(reasons)].sort().join(' ');
}

/** Of what its members chose for exports, what says least. */
function dissentOf(given: readonly OneAnswer[]): Dissent {
  const chosen = given.map(({ dissent }) => dissent);
  return DISSENTS[
    // Of nobody, as where somebody left while it was counted, nothing is said outside.
    chosen.length === 0
      ? DISSENTS.indexOf('inside')
      : Math.max(...chosen.map((each) => DISSENTS.indexOf(each)))
  ]!;
}

export const ruleContext = (circle: CircleId): SealContext => ({
  table: 'circle_rules',
  column: 'rule',
  row: circle,
  audience: `circle:${circle}`,
});

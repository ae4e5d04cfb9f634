import type { CircleId, SeatId } from '@longtable/shared/ids';
import type { CircleRule, RoundList, RoundView } from '@longtable/shared/protocol/http/rounds';
import { hidesUnnamed } from '@longtable/shared/rounds/unnamed';
import { isFree, isHeld, type RoundSection, waitingFor } from '@longtable/shared/rounds/round';
import type { Deps } from '../../platform/deps.ts';
import type { Seat } from '../people/people.service.ts';
import {
  answerOf,
  nothingSaid,
  openSaid,
  positionOf,
  type Said,
  unnamedOf,
  withoutOthers,
} from './circle-answers.ts';
import { readRule } from './answers.service.ts';
import { membersOf } from './counting.ts';
import type { Round } from './round-state.ts';
import * as repository from './rounds.repository.ts';

type Reading = Pick<Deps, 'db' | 'keyring'>;
type SectionView = RoundView['sections'][number];

export const listRounds = (rounds: readonly Round[]): RoundList => ({
  rounds: rounds.map(({ id, openedOn, state }) => ({
    id,
    openedOn,
    phase: state.phase,
    isClosed: state.isClosed,
    sections: Object.entries(state.sections).map(([section, { status, isReleased }]) => ({
      section,
      status,
      isReleased,
      isFree: isFree(state, section),
    })),
  })),
});

/** A round as one seat may see it: nothing of another circle before answers are shown, all of them after. */
export async function viewRound(deps: Reading, round: Round, seat: Seat): Promise<RoundView> {
  const { id, document, openedOn, reviewMonths, state } = round;
  const electorate = state.electorate as CircleId[];
  const days = new Map((await repository.findSections(deps.db, id)).map((row) => [row.section, row]));
  const said = await readSaid(deps, round, seat);
  const own = await ownCircle(deps, seat, electorate);

  const sections = Object.entries(state.sections).map(([section, now]): SectionView => {
    const of = (circle: CircleId, version = now.version) => said.get(keyOf(section, version, circle));
    return {
      section,
      status: now.status,
      version: now.version,
      isHeld: isHeld(state, section),
      isReleased: now.isReleased,
      isRevealed: now.isRevealed,
      answers: now.isRevealed ? shownAnswers(electorate, of) : [],
      waitingFor: now.isRevealed ? ([...waitingFor(state, section)] as CircleId[]) : [],
      withdrawn: withdrawnOf(electorate, of).filter(({ circleId }) => now.withdrawn.includes(circleId)),
      earlier: Array.from({ length: now.version - 1 }, (_, index) => index + 1)
        .reverse()
        .map((version) => {
          const then = (circle: CircleId) => of(circle, version);
          return {
            version,
            answers: shownAnswers(electorate, then),
            withdrawn: withdrawnOf(electorate, then),
          };
        }),
      agreedOn: days.get(section)?.agreed_on ?? null,
      reviewOn: days.get(section)?.review_on ?? null,
      own: own && ownAnswer(seat, own, now, of(own.circle) ?? nothingSaid(own.rule)),
    };
  });
  return {
    id,
    documentId: document.id,
    openedOn,
    phase: state.phase,
    isClosed: state.isClosed,
    reviewMonths,
    electorate,
    sections,
  };
}

type SaidBy = (circle: CircleId) => Said | undefined;

/** In the order of the table. Of earlier words, only what everyone was shown. */
const shownAnswers = (electorate: readonly CircleId[], of: SaidBy): SectionView['answers'] =>
  electorate.flatMap((circleId) => {
    const said = of(circleId);
    if (!said?.shown) return [];
    const { position, reason } = said.shown;
    return [{ circleId, position, reason, on: said.on }];
  });

const withdrawnOf = (electorate: readonly CircleId[], of: SaidBy): SectionView['withdrawn'] =>
  electorate.flatMap((circleId) => {
    const said = of(circleId);
    return said?.withdrawnOn && !said.shown ? [{ circleId, on: said.withdrawnOn }] : [];
  });

interface OwnCircle {
  circle: CircleId;
  rule: CircleRule;
  members: readonly SeatId[];
}

async function ownCircle(
  deps: Reading,
  { circleId }: Seat,
  electorate: readonly CircleId[],
): Promise<OwnCircle | null> {
  if (circleId === null || !electorate.includes(circleId)) return null;
  const { rule } = await readRule(deps, circleId);
  return { circle: circleId, rule, members: await membersOf(deps, circleId) };
}

function ownAnswer(
  seat: Seat,
  { circle, rule, members }: OwnCircle,
  { isRevealed, answers }: RoundSection,
  said: Said,
): NonNullable<SectionView['own']> {
  const counted = answers[circle] ?? null;
  const hasBegun = said.shown !== null || Object.keys(withoutOthers(said, members).answers).length > 0;
  return {
    rule: hasBegun ? said.rule : rule,
    // While it is sealed, as it would count if it were shown now.
    position: isRevealed ? counted : positionOf(said, members, counted !== null),
    mine: answerOf(said, seat.id, members),
  };
}

const keyOf = (section: string, version: number, circle: CircleId): string =>
  `${section}/${version}/${circle}`;

/** What may be opened for this seat: its own circle's words, and those of every circle that were shown. */
async function readSaid(deps: Reading, { id, state }: Round, seat: Seat): Promise<Map<string, Said>> {
  const rows = (await repository.findAnswers(deps.db, id)).filter(({ section, version, circle_id }) => {
    const now = state.sections[section];
    // Earlier words were put aside only once what was said of them was shown.
    return now && (version < now.version || now.isRevealed || circle_id === seat.circleId);
  });
  const said = await Promise.all(rows.map((row) => openSaid(deps.keyring, row)));
  return new Map(rows.map((row, index) => [keyOf(row.section, row.version, row.circle_id), said[index]!]));
}

/** A worry or objection as an export may show it; without a circle where that chose to go unnamed. */
export interface ShownDissent {
  circleId: CircleId | null;
  position: 'concern' | 'objection';
  reason: string | null;
}

/**
 * Of one section, what its circles chose to let exports say. Those unnamed come last, in no order of circles, and
 * stay inside where a reader could tell whose they are.
 */
export async function shownDissent(
  deps: Reading,
  { id, state }: Round,
  section: string,
): Promise<ShownDissent[]> {
  const now = state.sections[section];
  if (!now?.isRevealed) return [];
  const rows = await repository.findAnswersTo(deps.db, id, section, now.version);
  const said = await Promise.all(rows.map((row) => openSaid(deps.keyring, row)));
  const answers = (state.electorate as CircleId[]).flatMap((circleId): ShownToAll[] => {
    const all = said[rows.findIndex(({ circle_id }) => circle_id === circleId)];
    if (!all) return [];
    const { shown } = all;
    const unnamed = unnamedOf(all);
    if (unnamed && shown?.dissent !== 'named') return [{ circleId, ...unnamed, isLate: false }];
    if (!shown) return [];
    // Given by itself, it has nobody to hide among: nothing of it is told.
    const isLate = all.on !== null;
    const dissent = isLate && shown.dissent === 'unnamed' ? 'inside' : shown.dissent;
    return [{ circleId, ...shown, dissent, isLate }];
  });
  const hides = hidesUnnamed(answers);
  const dissent = answers.flatMap(({ circleId, position, reason, dissent }): ShownDissent[] => {
    if (position === 'consent' || dissent === 'inside') return [];
    if (dissent === 'named') return [{ circleId, position, reason }];
    return hides ? [{ circleId: null, position, reason }] : [];
  });
  const unnamed = dissent.filter(({ circleId }) => circleId === null);
  unnamed.sort((a, b) => ((a.reason ?? '') < (b.reason ?? '') ? -1 : 1));
  return [...dissent.filter(({ circleId }) => circleId !== null), ...unnamed];
}

type ShownToAll = NonNullable<Said['shown']> & { circleId: CircleId; isLate: boolean };

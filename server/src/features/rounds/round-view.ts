import type { CircleId } from '@longtable/shared/ids';
import type { RoundList, RoundView } from '@longtable/shared/protocol/http/rounds';
import { type RoundSection, waitingFor } from '@longtable/shared/rounds/round';
import type { Deps } from '../../platform/deps.ts';
import type { Seat } from '../people/people.service.ts';
import { answerOf, dissentOf, nothingSaid, openSaid, reasonOf, type Said } from './circle-answers.ts';
import { readRule } from './answers.service.ts';
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
    sections: Object.entries(state.sections).map(([section, { status }]) => ({ section, status })),
  })),
});

/** A round as one seat may see it: nothing of another circle before answers are shown, all of them after. */
export async function viewRound(deps: Reading, round: Round, seat: Seat): Promise<RoundView> {
  const { id, document, openedOn, reviewMonths, state } = round;
  const electorate = state.electorate as CircleId[];
  const days = new Map((await repository.findSections(deps.db, id)).map((row) => [row.section, row]));
  const said = await readSaid(deps, round, seat);
  const own = seat.circleId !== null && electorate.includes(seat.circleId) ? seat.circleId : null;
  const rule = own && (await readRule(deps, own)).rule;

  const sections = Object.entries(state.sections).map(([section, now]): SectionView => {
    const of = (circle: CircleId) => said.get(`${section}/${circle}`);
    return {
      section,
      status: now.status,
      version: now.version,
      isRevealed: now.isRevealed,
      answers: now.isRevealed ? shownAnswers(electorate, now, of) : [],
      waitingFor: now.isRevealed ? ([...waitingFor(state, section)] as CircleId[]) : [],
      withdrawn: (now.withdrawn as CircleId[]).flatMap((circleId) => {
        const on = of(circleId)?.withdrawnOn;
        return on ? [{ circleId, on }] : [];
      }),
      agreedOn: days.get(section)?.agreed_on ?? null,
      reviewOn: days.get(section)?.review_on ?? null,
      own: own && rule ? ownAnswer(seat, now.answers[own] ?? null, of(own) ?? nothingSaid(rule), rule) : null,
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

function shownAnswers(
  electorate: readonly CircleId[],
  now: RoundSection,
  of: (circle: CircleId) => Said | undefined,
) {
  return electorate.flatMap((circleId) => {
    const position = now.answers[circleId];
    const said = of(circleId);
    return position && said ? [{ circleId, position, reason: reasonOf(said, position), on: said.on }] : [];
  });
}

function ownAnswer(
  seat: Seat,
  position: NonNullable<SectionView['own']>['position'],
  said: Said,
  rule: Said['rule'],
) {
  const hasBegun = Object.keys(said.answers).length > 0;
  return { rule: hasBegun ? said.rule : rule, position, mine: answerOf(said, seat.id) };
}

/** What may be opened for this seat: its own circle's words, and those of every circle on sections that are shown. */
async function readSaid(deps: Reading, { id, state }: Round, seat: Seat): Promise<Map<string, Said>> {
  const rows = (await repository.findAnswers(deps.db, id)).filter(({ section, version, circle_id }) => {
    const now = state.sections[section];
    return now?.version === version && (now.isRevealed || circle_id === seat.circleId);
  });
  const said = await Promise.all(rows.map((row) => openSaid(deps.keyring, row)));
  return new Map(rows.map((row, index) => [`${row.section}/${row.circle_id}`, said[index]!]));
}

/** A worry or objection as an export may show it; without a circle where that chose to go unnamed. */
export interface ShownDissent {
  circleId: CircleId | null;
  position: 'concern' | 'objection';
  reason: string | null;
}

/** Of one section, what its circles chose to let exports say. Those unnamed come last, in no order of circles. */
export async function shownDissent(
  deps: Reading,
  { id, state }: Round,
  section: string,
): Promise<ShownDissent[]> {
  const now = state.sections[section];
  if (!now?.isRevealed) return [];
  const rows = await repository.findAnswers(deps.db, id);
  const dissent: ShownDissent[] = [];
  for (const circleId of state.electorate as CircleId[]) {
    const position = now.answers[circleId];
    const row = rows.find(
      (each) => each.section === section && each.version === now.version && each.circle_id === circleId,
    );
    if (!row || !position || position === 'consent') continue;
    const said = await openSaid(deps.keyring, row);
    const chosen = dissentOf(said, position);
    if (chosen !== 'inside')
      dissent.push({
        circleId: chosen === 'named' ? circleId : null,
        position,
        reason: reasonOf(said, position),
      });
  }
  const unnamed = dissent.filter(({ circleId }) => circleId === null);
  unnamed.sort((a, b) => ((a.reason ?? '') < (b.reason ?? '') ? -1 : 1));
  return [...dissent.filter(({ circleId }) => circleId !== null), ...unnamed];
}

import { isOver, type RoundSection, type RoundState } from './round.ts';

/**
 * What the answers that were shown make of the words they were given to: agreed by all who are asked, by some while
 * others are waited for, or by none, as where every circle took its consent back. Sealed answers make nothing.
 */
export type Agreement = 'all' | 'some' | 'none';

export function agreementOf({ status, answers }: RoundSection): Agreement {
  if (status === 'agreed') return 'all';
  return status === 'waiting' && Object.keys(answers).length > 0 ? 'some' : 'none';
}

/** Where a section stands by all the rounds there were over it. */
export interface SectionPlace<Round> {
  /**
   * The newest words that every circle asked can live with. They stay agreed while newer ones are asked about or
   * waited for, and are replaced by those that all agree to: for good, so that taking a consent back revives nothing.
   */
  agreed: Round | null;
  /** The newest round after that one that has something to say: its words are before the circles, or waited for. */
  underway: Round | null;
}

export function placeOf<Round extends { state: RoundState }>(
  newestFirst: readonly Round[],
  section: string,
): SectionPlace<Round> {
  let underway: Round | null = null;
  for (const round of newestFirst) {
    const now = round.state.sections[section];
    if (now === undefined) continue;
    if (now.status === 'agreed') return { agreed: round, underway };
    // One that ended without a word on it says nothing.
    if (now.status === 'waiting' || !isOver(round.state, section)) underway ??= round;
    if (now.agreedVersion !== null) break;
  }
  return { agreed: null, underway };
}

/** Whether a section of a round is with the circles now: asked about, or reopened by one of them. */
export function isBeforeCircles(round: RoundState, section: string): boolean {
  const status = round.sections[section]?.status;
  return (status === 'pinned' || status === 'reopened') && !isOver(round, section);
}

import type { RoundId } from '@longtable/shared/ids';
import type { RoundView } from '@longtable/shared/protocol/http/rounds';
import type { Standing } from '@longtable/shared/protocol/http/standing';
import { FEWEST_CIRCLES_TO_HIDE_AMONG } from '@longtable/shared/rounds/unnamed';

export type SectionOfRound = RoundView['sections'][number];

/**
 * What the asking seat can do about a section now. `answer`: say or change what its circle says. `wait`: the
 * step for answers has not come. `shown`: answers are on the table. `over`: the round ended before any were.
 */
export type Turn = 'answer' | 'wait' | 'shown' | 'over';

export function turnOf(round: Pick<RoundView, 'isClosed' | 'phase'>, section: SectionOfRound): Turn {
  switch (section.status) {
    case 'pinned':
      return isOverFor(round, section) ? 'over' : round.phase === 'object' ? 'answer' : 'wait';
    case 'waiting':
      return section.own?.position === null ? 'answer' : 'shown';
    case 'reopened':
    case 'agreed':
      return 'shown';
  }
}

/** Whether the asking seat's circle is asked now, and has not answered as a circle. */
export const waitsForUs = (round: RoundView, section: SectionOfRound): boolean =>
  section.own !== null && section.own.position === null && turnOf(round, section) === 'answer';

/** Whether the asking seat's circle said yes, with or without a worry, and may take that back. */
export const mayWithdraw = ({ status, own }: SectionOfRound): boolean =>
  (status === 'agreed' || status === 'waiting') && own !== null && own.position !== null;

/** What somebody who opens a round wants to see first. */
export const firstSection = (round: RoundView): SectionOfRound | undefined =>
  round.sections.find((section) => waitsForUs(round, section)) ??
  round.sections.find(({ status }) => status !== 'agreed') ??
  round.sections[0];

/** The round has no more say in this section: it has ended, or the section was taken out of it. */
export const isOverFor = (
  { isClosed }: Pick<RoundView, 'isClosed'>,
  { isReleased }: Pick<SectionOfRound, 'isReleased'>,
): boolean => isClosed || isReleased;

/** What is said now is read by everyone at once: the other answers are shown already. */
export const isShownAtOnce = ({ status }: SectionOfRound): boolean => status === 'waiting';

/**
 * Whether a worry can go without a name in exports: among too few circles, or given by itself after the others
 * were shown, readers would know whose it is. The server leaves it out then, and once other circles give their names.
 */
export const canGoUnnamed = (
  { electorate }: Pick<RoundView, 'electorate'>,
  section: SectionOfRound,
): boolean => electorate.length >= FEWEST_CIRCLES_TO_HIDE_AMONG && !isShownAtOnce(section);

/** Rounds by which some section is before the circles or waits for one, in the order of the documents. */
export const roundIds = (standing: Standing): RoundId[] => [
  ...new Set(
    standing.documents.flatMap(({ sections }) =>
      sections.flatMap(({ standing, roundId, beside }) => [
        ...(roundId !== null && (standing === 'inRound' || standing === 'waiting') ? [roundId] : []),
        ...(beside?.standing === 'waiting' ? [beside.roundId] : []),
      ]),
    ),
  ),
];

/** Enough of a hash to compare by eye and to read aloud. */
export const shortMark = (hash: string): string => `${hash.slice(0, 4)} ${hash.slice(4, 8)}`;

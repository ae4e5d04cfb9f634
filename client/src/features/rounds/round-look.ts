import type { RoundView } from '@longtable/shared/protocol/http/rounds';

export type SectionOfRound = RoundView['sections'][number];

/**
 * What the asking seat can do about a section now. `answer`: say or change what its circle says. `wait`: the
 * step for answers has not come. `shown`: answers are on the table. `over`: the round ended before any were.
 */
export type Turn = 'answer' | 'wait' | 'shown' | 'over';

export function turnOf(
  { isClosed, phase }: Pick<RoundView, 'isClosed' | 'phase'>,
  section: SectionOfRound,
): Turn {
  switch (section.status) {
    case 'pinned':
      return isClosed ? 'over' : phase === 'object' ? 'answer' : 'wait';
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

/** Its words may be changed by members now. */
export const isWritable = ({ isClosed }: RoundView, { status }: SectionOfRound): boolean =>
  isClosed || status === 'reopened' || status === 'agreed';

/** Enough of a hash to compare by eye and to read aloud. */
export const shortMark = (hash: string): string => `${hash.slice(0, 4)} ${hash.slice(4, 8)}`;

import type { SectionStatus } from '@longtable/shared/rounds/round';
import { useText } from '../../lib/use-text.ts';
import { Badge, type BadgeProps } from '../../ui/badge.tsx';

const looks: Record<SectionStatus | 'undecided', Pick<BadgeProps, 'shape' | 'tone'>> = {
  pinned: { shape: 'circles', tone: 'warn' },
  reopened: { shape: 'change', tone: 'stop' },
  waiting: { shape: 'wait', tone: 'warn' },
  agreed: { shape: 'tick', tone: 'good' },
  undecided: { shape: 'ring' },
};

export interface RoundStatusBadgeProps {
  status: SectionStatus;
  /** The round has no more say in the section: what was never shown by then was not decided. */
  isOver: boolean;
}

export function RoundStatusBadge({ status, isOver }: RoundStatusBadgeProps) {
  const t = useText();
  const shown = isOver && status === 'pinned' ? 'undecided' : status;
  return <Badge {...looks[shown]}>{t(`round.${shown}`)}</Badge>;
}

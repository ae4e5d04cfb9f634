import type { SectionStatus } from '@longtable/shared/rounds/round';
import { useText } from '../../lib/use-text.ts';
import { Badge, type BadgeProps } from '../../ui/badge.tsx';

const looks: Record<SectionStatus, Pick<BadgeProps, 'shape' | 'tone'>> = {
  pinned: { shape: 'circles', tone: 'warn' },
  reopened: { shape: 'change', tone: 'stop' },
  waiting: { shape: 'wait', tone: 'warn' },
  agreed: { shape: 'tick', tone: 'good' },
};

export function RoundStatusBadge({ status }: { status: SectionStatus }) {
  const t = useText();
  return <Badge {...looks[status]}>{t(`round.${status}`)}</Badge>;
}

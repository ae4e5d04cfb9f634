import type { Position } from '@longtable/shared/rounds/round';
import { useText } from '../../lib/use-text.ts';
import { Badge, type BadgeProps } from '../../ui/badge.tsx';

const looks: Record<Position, Pick<BadgeProps, 'shape' | 'tone'>> = {
  consent: { shape: 'tick', tone: 'good' },
  concern: { shape: 'worry', tone: 'warn' },
  objection: { shape: 'stop', tone: 'stop' },
};

export function PositionBadge({ position }: { position: Position }) {
  const t = useText();
  return <Badge {...looks[position]}>{t(`answer.${position}`)}</Badge>;
}

import type { CircleSummary } from '@longtable/shared/protocol/http/partnerships';
import { useText } from '../../lib/use-text.ts';
import { Badge } from '../../ui/badge.tsx';
import type { HeardCircle } from './heard-view.ts';
import './heard.css';

export interface HeardCirclesProps {
  circles: readonly HeardCircle[];
  nameOf: (circle: CircleSummary) => string;
}

/** Where each circle stands on one section. "Not safe" and "nothing said yet" are the same here, as for all outside. */
export function HeardCircles({ circles, nameOf }: HeardCirclesProps) {
  const t = useText();
  if (circles.length === 0) return null;
  return (
    <ul className="heard-circles" aria-label={t('heard.circles')}>
      {circles.map(({ circle, isHeard }) => (
        <li key={circle.id}>
          <bdi>{nameOf(circle)}</bdi>{' '}
          {isHeard ? (
            <Badge shape="tick" tone="good">
              {t('heard.isHeard')}
            </Badge>
          ) : (
            <Badge shape="ring">{t('heard.notYet')}</Badge>
          )}
        </li>
      ))}
    </ul>
  );
}

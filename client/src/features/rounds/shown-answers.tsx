import type { CircleId } from '@longtable/shared/ids';
import { useDay } from '../../lib/use-day.ts';
import { isolate } from '../../lib/use-names.ts';
import { useText } from '../../lib/use-text.ts';
import { PositionBadge } from './position-badge.tsx';
import type { SectionOfRound } from './round-look.ts';

export interface ShownAnswersProps {
  title?: string;
  section: Pick<SectionOfRound, 'answers' | 'withdrawn'>;
  nameOf: (circle: CircleId) => string;
}

/** What every circle said, side by side and in the order of the table. */
export function ShownAnswers({ title, section: { answers, withdrawn }, nameOf }: ShownAnswersProps) {
  const t = useText();
  const day = useDay();
  if (answers.length === 0 && withdrawn.length === 0) return null;
  return (
    <div className="stack is-tight">
      <h3>{title ?? t('round.answers')}</h3>
      <ul className="shown-answers">
        {answers.map(({ circleId, position, reason, on }) => (
          <li key={circleId}>
            <div className="shown-answer">
              <bdi>{nameOf(circleId)}</bdi> <PositionBadge position={position} />
            </div>
            {reason !== null && (
              <p className="own-words" dir="auto">
                {reason}
              </p>
            )}
            {on !== null && <p className="soft small">{t('round.answeredOn', { day: day(on) })}</p>}
          </li>
        ))}
        {withdrawn.map(({ circleId, on }) => (
          <li key={`${circleId}-back`} className="soft">
            {t('round.withdrawnOn', { circle: isolate(nameOf(circleId)), day: day(on) })}
          </li>
        ))}
      </ul>
    </div>
  );
}

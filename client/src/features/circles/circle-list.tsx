import type { SeatId } from '@longtable/shared/ids';
import type { CircleSummary } from '@longtable/shared/protocol/http/partnerships';
import { useText } from '../../lib/use-text.ts';
import { Badge } from '../../ui/badge.tsx';
import { AskAnew } from './ask-anew.tsx';
import { circleName } from './circle-name.ts';
import { EmptyCircle } from './empty-circle.tsx';
import './circles.css';

export const CIRCLES_TITLE_ID = 'circles-title';

export interface CircleListProps {
  seat: SeatId;
  circles: readonly CircleSummary[];
  isFacilitator: boolean;
  onChanged: () => Promise<void>;
  onTakeSeat: (circle: CircleSummary) => void;
}

/** All that outsiders see of a circle: its neutral name and whether anybody sits there. No count, no kind. */
export function CircleList({ seat, circles, isFacilitator, onChanged, onTakeSeat }: CircleListProps) {
  const t = useText();
  return (
    <section className="stack" aria-labelledby={CIRCLES_TITLE_ID}>
      <h2 id={CIRCLES_TITLE_ID} tabIndex={-1}>
        {t('table.circles')}
      </h2>
      <ul className="plain-list">
        {circles.map((circle) => (
          <li key={circle.id} className="card circle-row">
            <div className="card-head">
              <h3>
                <bdi>{circleName(t, circle)}</bdi>
              </h3>
              {circle.isMine ? (
                <Badge shape="tick" tone="good">
                  {t('circle.isMine')}
                </Badge>
              ) : circle.isSeated ? (
                <Badge shape="tick" tone="good">
                  {t('circle.isSeated')}
                </Badge>
              ) : (
                <Badge shape="ring">{t(emptyText(circle))}</Badge>
              )}
            </div>
            {circle.isPromised && <p className="soft small">{t('circle.promisedAbout')}</p>}
            {isFacilitator && !circle.isSeated && !circle.isPromised && !circle.isEnded && (
              <EmptyCircle seat={seat} circleId={circle.id} onTakeSeat={() => onTakeSeat(circle)} />
            )}
            {circle.isSeated && !circle.isMine && (
              <AskAnew seat={seat} circle={circle} onChanged={onChanged} />
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

const emptyText = ({ isEnded, isPromised }: CircleSummary) =>
  isEnded ? 'circle.isEnded' : isPromised ? 'circle.isPromised' : 'circle.isEmpty';

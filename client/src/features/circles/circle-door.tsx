import type { SeatId } from '@longtable/shared/ids';
import type { CircleInside } from '@longtable/shared/protocol/http/circles';
import type { Handle } from '@longtable/shared/protocol/http/people';
import { useCallback, type ReactNode } from 'react';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { answerDoor } from './circles-api.ts';

export interface CircleDoorProps {
  seat: SeatId;
  circle: CircleInside;
  showPerson: (handle: Handle) => ReactNode;
  onChanged: () => Promise<void>;
}

/** Whoever is inside opens the door. "Not now" lets the person ask again with a code. */
export function CircleDoor({ seat, circle, showPerson, onChanged }: CircleDoorProps) {
  const t = useText();
  const answer = useAction(
    useCallback(
      async (waiting: SeatId, letIn: boolean) => {
        try {
          await answerDoor(seat, circle.id, waiting, letIn);
        } finally {
          await onChanged();
        }
      },
      [seat, circle.id, onChanged],
    ),
  );

  return (
    <div role="status" className="stack is-tight">
      {circle.door.map((waiting) => (
        <div className="at-door" key={waiting.seatId}>
          <p>
            <strong>{t('door.someone')}</strong>
            <br />
            {showPerson(waiting.handle)}
          </p>
          <div className="button-row">
            <Button
              look="primary"
              isBusy={answer.isBusy}
              onClick={() => void answer.run(waiting.seatId, true)}
            >
              {t('door.letIn')}
            </Button>
            <Button isBusy={answer.isBusy} onClick={() => void answer.run(waiting.seatId, false)}>
              {t('door.notNow')}
            </Button>
          </div>
        </div>
      ))}
      {answer.error && (
        <Notice tone="stop" isUrgent>
          {t(`error.${answer.error}`)}
        </Notice>
      )}
    </div>
  );
}

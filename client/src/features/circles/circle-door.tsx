import type { SeatId } from '@longtable/shared/ids';
import type { CircleInside } from '@longtable/shared/protocol/http/circles';
import type { Handle } from '@longtable/shared/protocol/http/people';
import { useCallback, useId, useRef, type ReactNode } from 'react';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { answerDoor } from './circles-api.ts';
import './circles.css';

export interface CircleDoorProps {
  seat: SeatId;
  circle: Pick<CircleInside, 'id' | 'door'>;
  showPerson: (handle: Handle) => ReactNode;
  onChanged: () => Promise<void>;
}

/** Whoever is inside opens the door. "Not now" lets the person ask again with a code. */
export function CircleDoor({ seat, circle, showPerson, onChanged }: CircleDoorProps) {
  const t = useText();
  const id = useId();
  const door = useRef<HTMLDivElement>(null);
  const answer = useAction(
    useCallback(
      async (waiting: SeatId, letIn: boolean) => {
        try {
          await answerDoor(seat, circle.id, waiting, letIn);
        } finally {
          await onChanged();
          // The pressed button is gone, and with it the place of whoever reads by ear or by keyboard.
          door.current?.focus({ preventScroll: true });
        }
      },
      [seat, circle.id, onChanged],
    ),
  );
  const isOpen = circle.door.length > 0;

  return (
    <div className="stack is-tight" ref={door} tabIndex={-1}>
      {/* Always there, so that it is read out when somebody comes; and once, whatever is pressed below. */}
      <p role="status" className={isOpen ? 'door-title' : 'sr-only'}>
        {isOpen && t('door.people', { count: circle.door.length })}
      </p>
      {isOpen && <p className="soft small">{t('door.knowThem')}</p>}
      {circle.door.map((waiting) => {
        const person = `${id}-${waiting.seatId}`;
        return (
          <div className="at-door" key={waiting.seatId}>
            <p id={person}>{showPerson(waiting.handle)}</p>
            <div className="button-row">
              <Button
                look="primary"
                isBusy={answer.isBusy}
                aria-describedby={person}
                onClick={() => void answer.run(waiting.seatId, true)}
              >
                {t('door.letIn')}
              </Button>
              <Button
                isBusy={answer.isBusy}
                aria-describedby={person}
                onClick={() => void answer.run(waiting.seatId, false)}
              >
                {t('door.notNow')}
              </Button>
            </div>
          </div>
        );
      })}
      {answer.error && (
        <Notice tone="stop" isUrgent>
          {t(`error.${answer.error}`)}
        </Notice>
      )}
    </div>
  );
}

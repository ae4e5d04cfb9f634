import type { SeatId } from '@longtable/shared/ids';
import { ANEW_WAIT_MINUTES } from '@longtable/shared/limits';
import type { CircleSummary } from '@longtable/shared/protocol/http/partnerships';
import { useCallback } from 'react';
import { keepFocus } from '../../lib/keep-focus.ts';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { askAnew, takeBackAnew } from './circles-api.ts';

export interface AskAnewProps {
  seat: SeatId;
  circle: CircleSummary;
  onChanged: () => Promise<void>;
}

/** A way out where a circle can never answer again. It is the other circles that decide, and nobody is put out by it. */
export function AskAnew({ seat, circle: { id, anew }, onChanged }: AskAnewProps) {
  const t = useText();
  const act = useAction(
    useCallback(
      async (what: typeof askAnew) => {
        const settleFocus = keepFocus();
        try {
          await what(seat, id);
          settleFocus();
        } finally {
          await onChanged();
        }
      },
      [seat, id, onChanged],
    ),
  );
  const problem = act.error && (
    <Notice tone="stop" isUrgent>
      {t(`error.${act.error}`)}
    </Notice>
  );
  if (anew === null)
    return (
      <details className="fold">
        <summary>{t('anew.open')}</summary>
        <div className="stack is-tight">
          <p className="soft">{t('anew.about', { minutes: ANEW_WAIT_MINUTES })}</p>
          <div className="button-row">
            <Button isBusy={act.isBusy} onClick={() => void act.run(askAnew)}>
              {t('anew.ask')}
            </Button>
          </div>
          {problem}
        </div>
      </details>
    );
  return (
    <div className="stack is-tight">
      <p role="status">
        {anew.state === 'asked' ? t('anew.waiting', { minutes: ANEW_WAIT_MINUTES }) : t('anew.answered')}
      </p>
      {anew.state === 'asked' && (
        <div className="button-row">
          <Button isBusy={act.isBusy} onClick={() => void act.run(takeBackAnew)}>
            {t('anew.takeBack')}
          </Button>
        </div>
      )}
      {problem}
    </div>
  );
}

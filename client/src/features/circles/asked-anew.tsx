import type { SeatId } from '@longtable/shared/ids';
import { ANEW_WAIT_MINUTES } from '@longtable/shared/limits';
import type { CircleSummary } from '@longtable/shared/protocol/http/partnerships';
import { useCallback } from 'react';
import { keepFocus } from '../../lib/keep-focus.ts';
import { type Action, useAction } from '../../lib/use-action.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { circleName } from './circle-name.ts';
import { agreeAnew, sayWeAreHere } from './circles-api.ts';

export interface AskedAnewProps {
  seat: SeatId;
  circle: CircleSummary;
  onChanged: () => Promise<void>;
}

/** What a member is asked: about another circle, whether theirs agrees; about their own, whether they are here. */
export function AskedAnew({ seat, circle, onChanged }: AskedAnewProps) {
  const t = useText();
  const { id, anew, isMine } = circle;
  const act = useAction(
    useCallback(
      async (agrees: boolean) => {
        const settleFocus = keepFocus();
        try {
          await (isMine ? sayWeAreHere(seat, id) : agreeAnew(seat, id, agrees));
          if (isMine) settleFocus();
        } finally {
          await onChanged();
        }
      },
      [seat, id, isMine, onChanged],
    ),
  );
  const isAsked = anew?.state === 'asked';
  if (isMine)
    return (
      <>
        {/* There before it says something, so that it is read out when it does. */}
        <div role="status" className={anew?.state === 'answered' ? undefined : 'sr-only'}>
          {anew?.state === 'answered' && <Notice>{t('anew.usAnswered')}</Notice>}
        </div>
        {isAsked && <Asked {...{ circle, act }} />}
      </>
    );
  return isAsked ? <Asked {...{ circle, act }} /> : null;
}

function Asked({ circle, act }: { circle: CircleSummary; act: Action<[agrees: boolean]> }) {
  const t = useText();
  const { id, anew, isMine } = circle;
  const title = `anew-${id}`;
  const agrees = anew?.agrees === true;
  return (
    <section className="card" aria-labelledby={title}>
      <h2 id={title}>
        {isMine ? t('anew.usTitle') : t('anew.themTitle', { circle: circleName(t, circle) })}
      </h2>
      <p>{t(isMine ? 'anew.us' : 'anew.them', { minutes: ANEW_WAIT_MINUTES })}</p>
      <p role="status">{agrees && t('call.agreed')}</p>
      <div className="button-row">
        <Button isBusy={act.isBusy} onClick={() => void act.run(!agrees)}>
          {t(isMine ? 'anew.here' : agrees ? 'call.takeBack' : 'anew.agree')}
        </Button>
      </div>
      {act.error && (
        <Notice tone="stop" isUrgent>
          {t(`error.${act.error}`)}
        </Notice>
      )}
    </section>
  );
}

import type { CircleId, SeatId } from '@longtable/shared/ids';
import { useCallback, useState } from 'react';
import { fetchCircle } from '../features/circles/circles-api.ts';
import { leaveSeat } from '../features/people/people-api.ts';
import { errorCodeOf } from '../lib/http.ts';
import { useAction } from '../lib/use-action.ts';
import { useText } from '../lib/use-text.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { forgetPerson } from './forget-person.ts';
import { hasUnsentWordsAnywhere } from './unsent-words.ts';

interface AboutLeaving {
  /** Nobody would be left inside to let anybody in. */
  isLast: boolean;
  /** Words would be lost, here or in another tab: all of them start anew. */
  isUnsent: boolean;
}

/** For good, so it is asked once more; the page then starts anew and knows nothing of the circle. */
export function LeaveCircle({ seat, circleId }: { seat: SeatId; circleId: CircleId }) {
  const t = useText();
  const [asking, setAsking] = useState<AboutLeaving | null>(null);
  const open = useAction(
    useCallback(async () => {
      const [{ members }, isUnsent] = await Promise.all([
        fetchCircle(seat, circleId),
        hasUnsentWordsAnywhere(),
      ]);
      setAsking({ isLast: members.length === 1, isUnsent });
    }, [seat, circleId]),
  );
  const leave = useAction(
    useCallback(async () => {
      try {
        await leaveSeat(seat);
      } catch (error) {
        // The seat is gone: an earlier try has left, and its answer was lost.
        if (errorCodeOf(error) !== 'notFound') throw error;
      }
      forgetPerson();
    }, [seat]),
  );
  return (
    <div className="stack">
      <p>{t('leaveCircle.about')}</p>
      <div className="button-row">
        <Button isBusy={open.isBusy} onClick={() => void open.run()}>
          {t('leaveCircle.open')}
        </Button>
      </div>
      {open.error && (
        <Notice tone="stop" isUrgent>
          {t(`error.${open.error}`)}
        </Notice>
      )}
      <Dialog
        isOpen={asking !== null}
        onClose={() => setAsking(null)}
        title={t('leaveCircle.ask')}
        closeLabel={t('close')}
      >
        <p>{t('leaveCircle.sure')}</p>
        {asking?.isLast && <p>{t('leaveCircle.last')}</p>}
        {asking?.isUnsent && <Notice tone="warn">{t('leaveCircle.unsent')}</Notice>}
        {leave.error && (
          <Notice tone="stop" isUrgent>
            {t(`error.${leave.error}`)}
          </Notice>
        )}
        <div className="button-row">
          <Button look="primary" onClick={() => setAsking(null)}>
            {t('leaveCircle.stay')}
          </Button>
          <Button isBusy={leave.isBusy} onClick={() => void leave.run()}>
            {t('leaveCircle.leave')}
          </Button>
        </div>
      </Dialog>
    </div>
  );
}

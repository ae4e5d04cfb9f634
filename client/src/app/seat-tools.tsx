import type { MySeat } from '@longtable/shared/protocol/http/people';
import { useCallback } from 'react';
import { ChoosePin } from '../features/people/choose-pin.tsx';
import { startSharing } from '../features/people/phone-api.ts';
import { useAction } from '../lib/use-action.ts';
import { useText } from '../lib/use-text.ts';
import { LeaveCircle } from './leave-circle.tsx';
import { SeatWayBack } from './seat-way-back.tsx';
import { useSession } from './session.tsx';

/** What a person can do about their own seat: keep a way back to it, share the phone that it is on, and leave. */
export function SeatTools({ seat }: { seat: MySeat }) {
  const t = useText();
  const { me, reload } = useSession();
  const sharing = useAction(
    useCallback(
      async (pin: string) => {
        await startSharing(pin);
        await reload();
      },
      [reload],
    ),
  );
  return (
    <section className="card" aria-label={t('wayBack.title')}>
      <details className="fold">
        <summary>{t('wayBack.title')}</summary>
        <SeatWayBack seat={seat} />
      </details>
      <details className="fold">
        <summary>{t('phone.share')}</summary>
        {me.phone === 'own' ? (
          <div className="stack">
            <p className="soft">{t('phone.shareAbout')}</p>
            <h3>{t('phone.shareStart')}</h3>
            <ChoosePin choosing={sharing} />
          </div>
        ) : (
          <p role="status">{t('phone.isShared')}</p>
        )}
      </details>
      {seat.circleId !== null && (
        <details className="fold">
          <summary>{t('leaveCircle.title')}</summary>
          <LeaveCircle seat={seat.seatId} circleId={seat.circleId} />
        </details>
      )}
    </section>
  );
}

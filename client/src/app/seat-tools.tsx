import type { SeatId } from '@longtable/shared/ids';
import { useCallback } from 'react';
import { QrCode } from '../ui/qr-code.tsx';
import { ChoosePin } from '../features/people/choose-pin.tsx';
import { startSharing } from '../features/people/phone-api.ts';
import { WayBackPanel } from '../features/people/way-back-panel.tsx';
import { useAction } from '../lib/use-action.ts';
import { useText } from '../lib/use-text.ts';
import { getLocale } from './locale-store.ts';
import { useSession } from './session.tsx';

/** What a person can do about their own seat: keep a way back to it, and share the phone that it is on. */
export function SeatTools({ seat }: { seat: SeatId }) {
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
        <WayBackPanel
          seat={seat}
          locale={getLocale().locale}
          showQr={(url) => <QrCode text={url} label={t('code.qr')} />}
        />
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
    </section>
  );
}

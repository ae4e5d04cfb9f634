import type { MySeat } from '@longtable/shared/protocol/http/people';
import { useEffect, useRef, useState } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { focusMain, keepFocus } from '../lib/keep-focus.ts';
import { useText } from '../lib/use-text.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import type { Arrival } from './pages/arrive-page.tsx';
import { SeatWayBack } from './seat-way-back.tsx';

/**
 * To somebody who has just sat down, once: without a card or words their seat is left as soon as this device is. It
 * stands beside what they came for, and can be passed over.
 */
export function OfferWayBack({ seat }: { seat: MySeat }) {
  const t = useText();
  const navigate = useNavigate();
  const { pathname, state } = useLocation() as { pathname: string; state: Partial<Arrival> | null };
  const [isOpen, setOpen] = useState(false);
  const isOffered = state?.hasJustCome === true && !state.hasPassedWayBack && seat.waysBack.length === 0;
  const wasOpen = useRef(false);
  useEffect(() => {
    // What opened the dialog is gone with the offer, once there is a way back.
    if (wasOpen.current && !isOpen && !isOffered) focusMain();
    wasOpen.current = isOpen;
  }, [isOpen, isOffered]);
  const passOver = async () => {
    const settleFocus = keepFocus();
    await navigate(pathname, { replace: true, state: { ...state, hasPassedWayBack: true } });
    settleFocus();
  };
  return (
    <>
      {isOffered && (
        <section className="card way-back-offer" aria-label={t('wayBack.title')}>
          <p>{t('wayBack.offer')}</p>
          <div className="button-row">
            <Button onClick={() => setOpen(true)}>{t('wayBack.keep')}</Button>
            <Button look="quiet" onClick={() => void passOver()}>
              {t('wayBack.notNow')}
            </Button>
          </div>
        </section>
      )}
      <Dialog
        isOpen={isOpen}
        onClose={() => setOpen(false)}
        title={t('wayBack.title')}
        closeLabel={t('close')}
      >
        <SeatWayBack seat={seat} />
      </Dialog>
    </>
  );
}

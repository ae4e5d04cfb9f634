import { useCallback, useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import { ChoosePin } from '../../features/people/choose-pin.tsx';
import { fetchMe } from '../../features/people/people-api.ts';
import { bringSomeone, openPhone } from '../../features/people/phone-api.ts';
import { PinPad } from '../../features/people/pin-pad.tsx';
import { PinProblem } from '../../features/people/pin-problem.tsx';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { addresses } from '../addresses.ts';
import { pendingCode } from '../pending-code.ts';
import { livingSeats, useSession } from '../session.tsx';

type Step = 'pad' | 'new' | 'forgot';

/** A shared phone between two people. It shows no names, and not whose seats or how many are behind it. */
export function LockedPage() {
  const t = useText();
  const navigate = useNavigate();
  const { reload } = useSession();
  const [step, setStep] = useState<Step>('pad');

  useEffect(() => {
    window.scrollTo(0, 0);
    document.getElementById('main')?.focus({ preventScroll: true });
  }, [step]);

  const open = useAction(
    useCallback(
      async (pin: string) => {
        await openPhone(pin);
        const [seat, ...others] = livingSeats(await fetchMe());
        // A link that was opened meanwhile is what the person came for.
        if (pendingCode() === null) {
          const to = seat && others.length === 0 ? addresses.seat(seat.seatId) : addresses.first();
          await navigate(to, { replace: true });
        }
        await reload();
      },
      [navigate, reload],
    ),
  );
  const choosing = useAction(
    useCallback(
      async (pin: string) => {
        await bringSomeone(pin);
        if (pendingCode() === null)
          await navigate(step === 'forgot' ? addresses.comeBack() : addresses.join(), { replace: true });
        await reload();
      },
      [step, navigate, reload],
    ),
  );

  if (step === 'pad')
    return (
      <main className="page" id="main" tabIndex={-1}>
        <h1>{t('phone.lockedTitle')}</h1>
        <p>{t('phone.lockedAbout')}</p>
        <PinProblem error={open.error} />
        <PinPad
          label={t('pin.label')}
          okLabel={t('pin.open')}
          isBusy={open.isBusy}
          onPin={(pin) => void open.run(pin)}
        />
        <div className="button-row">
          <Button onClick={() => setStep('new')}>{t('phone.someoneNew')}</Button>
          <Button look="quiet" onClick={() => setStep('forgot')}>
            {t('phone.forgot')}
          </Button>
        </div>
      </main>
    );
  return (
    <main className="page" id="main" tabIndex={-1}>
      <h1>{t('phone.newTitle')}</h1>
      {step === 'forgot' && <p>{t('phone.forgotAbout')}</p>}
      <ChoosePin choosing={choosing} />
      <p>
        <Button
          onClick={() => {
            choosing.clearError();
            open.clearError();
            setStep('pad');
          }}
        >
          {t('phone.toPad')}
        </Button>
      </p>
    </main>
  );
}

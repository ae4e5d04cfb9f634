import { useCallback, useEffect, useState } from 'react';
import { ChoosePin } from '../features/people/choose-pin.tsx';
import { bringSomeone, startSharing } from '../features/people/phone-api.ts';
import { useAction } from '../lib/use-action.ts';
import { useText } from '../lib/use-text.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { forgetPerson } from './forget-person.ts';
import { hasUnsentWordsAnywhere } from './unsent-words.ts';
import { useSession } from './session.tsx';

type Step = 'ask' | 'first' | 'you';

export interface WhosePhoneProps {
  onMine: () => void;
  /** Where somebody else goes on once the page has forgotten the first person. */
  next: string;
}

/**
 * Somebody comes with a code to a phone where a seat is open. If it is another person, both choose a PIN before
 * anything else, and the seat that was open closes.
 */
export function WhosePhone({ onMine, next }: WhosePhoneProps) {
  const t = useText();
  const { me } = useSession();
  const [step, setStep] = useState<Step>('ask');
  const [isUnsent, setUnsent] = useState(false);

  useEffect(() => {
    window.scrollTo(0, 0);
    document.getElementById('main')?.focus({ preventScroll: true });
  }, [step]);

  // Who comes with a link has a fresh tab; the words of the person before are in another.
  useEffect(() => {
    let isHere = true;
    void hasUnsentWordsAnywhere().then((is) => isHere && setUnsent(is));
    return () => {
      isHere = false;
    };
  }, [step]);

  const first = useAction(
    useCallback(async (pin: string) => {
      await startSharing(pin);
      setStep('you');
    }, []),
  );
  const you = useAction(
    useCallback(
      async (pin: string) => {
        await bringSomeone(pin);
        forgetPerson(next);
      },
      [next],
    ),
  );

  if (step === 'ask')
    return (
      <>
        <h1>{t('whose.title')}</h1>
        <p className="lead">{t('whose.about')}</p>
        <div className="stack">
          <Button isLarge onClick={onMine}>
            {t('whose.mine')}
          </Button>
          <Button isLarge onClick={() => setStep(me.phone === 'own' ? 'first' : 'you')}>
            {t('whose.else')}
          </Button>
        </div>
      </>
    );
  const isFirst = step === 'first';
  return (
    <>
      <h1>{t(isFirst ? 'whose.firstTitle' : 'whose.youTitle')}</h1>
      <p>{t(isFirst ? 'whose.firstAbout' : 'whose.youAbout')}</p>
      {isUnsent && <Notice tone="warn">{t('phone.unsent')}</Notice>}
      {/* Two people: the second must not get what the first has begun to choose. */}
      <ChoosePin key={step} choosing={isFirst ? first : you} />
    </>
  );
}

import { useState } from 'react';
import { useText } from '../lib/use-text.ts';
import { Button } from '../ui/button.tsx';
import { HeardHere, type HeardHereProps } from './heard-here.tsx';

export interface HeardInRoundProps extends HeardHereProps {
  isHeard: boolean;
}

/** On a starred section a circle says that it has been heard before it says yes to the words. */
export function HeardInRound({ isHeard, ...rest }: HeardInRoundProps) {
  const t = useText();
  // Once opened it stays: what somebody has just pressed must not go away under the finger.
  const [isOpen, setOpen] = useState(!isHeard);
  if (isHeard && !isOpen)
    return (
      <div className="button-row">
        <span className="soft">{t('answer.heardAlready')}</span>
        <Button look="quiet" onClick={() => setOpen(true)}>
          {t('answer.heardChange')}
        </Button>
      </div>
    );
  return (
    <>
      <p>{t('answer.heardFirst')}</p>
      <HeardHere {...rest} />
    </>
  );
}

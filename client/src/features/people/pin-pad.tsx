import { MAX_PIN_FIGURES, MIN_PIN_FIGURES } from '@longtable/shared/limits';
import { useCallback, useEffect, useState } from 'react';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import './pin.css';

const FIGURES = ['1', '2', '3', '4', '5', '6', '7', '8', '9'] as const;

export interface PinPadProps {
  label: string;
  okLabel: string;
  isBusy: boolean;
  onPin: (pin: string) => void;
}

/**
 * Figures to touch, or to type. No input field: browsers offer to keep what is typed into one, and keyboards learn
 * it. The pad knows no names, and shows of a PIN only how long it is.
 */
export function PinPad({ label, okLabel, isBusy, onPin }: PinPadProps) {
  const t = useText();
  const [pin, setPin] = useState('');

  const add = useCallback(
    (figure: string) => setPin((before) => (before.length < MAX_PIN_FIGURES ? before + figure : before)),
    [],
  );
  const remove = useCallback(() => setPin((before) => before.slice(0, -1)), []);
  const give = useCallback(() => {
    if (isBusy || pin.length < MIN_PIN_FIGURES) return;
    setPin('');
    onPin(pin);
  }, [isBusy, pin, onPin]);

  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (/^[0-9]$/.test(event.key)) add(event.key);
      else if (event.key === 'Backspace') remove();
      // On a button Enter already does what the button does.
      else if (
        event.key === 'Enter' &&
        !(event.target instanceof Element && event.target.closest('button, a'))
      )
        give();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [add, remove, give]);

  return (
    <div className="pin-pad" role="group" aria-label={label}>
      <p className="pin-dots" aria-hidden="true">
        {Array.from({ length: MAX_PIN_FIGURES }, (_, place) => (
          <i key={place} className={place < pin.length ? 'is-on' : ''} />
        ))}
      </p>
      <p className="sr-only" role="status">
        {t('pin.entered', { count: pin.length })}
      </p>
      {/* As on every telephone, in every script from left to right. */}
      <div className="pin-keys" dir="ltr">
        {FIGURES.map((figure) => (
          <Button key={figure} onClick={() => add(figure)}>
            {figure}
          </Button>
        ))}
        <Button aria-label={t('pin.delete')} onClick={remove}>
          <span aria-hidden="true">⌫</span>
        </Button>
        <Button onClick={() => add('0')}>{'0'}</Button>
        <Button
          look="primary"
          className="pin-ok"
          isBusy={isBusy}
          aria-disabled={pin.length < MIN_PIN_FIGURES}
          onClick={give}
        >
          {okLabel}
        </Button>
      </div>
    </div>
  );
}

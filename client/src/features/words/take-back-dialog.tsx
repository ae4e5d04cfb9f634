import { useId, useState } from 'react';
import type { Action } from '../../lib/use-action.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';

export interface TakeBackDialogProps {
  isOpen: boolean;
  onClose: () => void;
  /** Quotes of these words in the joint text; null while that is not known. */
  quotes: number | null;
  /** Whether the joint text can be changed now. */
  canChange: boolean;
  /** Takes the words back, and where asked out of the joint text as well. */
  taking: Action<[withQuotes: boolean]>;
}

/** Says what taking back does, and what nobody can take back any more. */
export function TakeBackDialog({ isOpen, onClose, quotes, canChange, taking }: TakeBackDialogProps) {
  const t = useText();
  const id = useId();
  const [withQuotes, setWithQuotes] = useState(true);
  const hasQuotes = quotes !== null && quotes > 0;
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('takeBack.title')} closeLabel={t('close')}>
      <p>{t('takeBack.about')}</p>
      {hasQuotes &&
        (canChange ? (
          <label className="choice" htmlFor={id}>
            <input
              id={id}
              type="checkbox"
              autoComplete="off"
              checked={withQuotes}
              onChange={(event) => setWithQuotes(event.target.checked)}
            />
            <span>{t('takeBack.quotes', { count: quotes })}</span>
          </label>
        ) : (
          <p>{t('takeBack.fixed')}</p>
        ))}
      <p>{t('takeBack.kept')}</p>
      {taking.error && (
        <Notice tone="stop" isUrgent>
          {t(`error.${taking.error}`)}
        </Notice>
      )}
      <div className="button-row">
        <Button
          look="primary"
          isBusy={taking.isBusy}
          aria-disabled={quotes === null || undefined}
          onClick={() => {
            if (quotes !== null) void taking.run(hasQuotes && canChange && withQuotes);
          }}
        >
          {t('takeBack.yes')}
        </Button>
        <Button onClick={onClose}>{t('takeBack.no')}</Button>
      </div>
    </Dialog>
  );
}

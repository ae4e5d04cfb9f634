import { useState } from 'react';
import type { Action } from '../../lib/use-action.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/choice.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';

/**
 * What becomes of the quotes: gaps before the words are taken back, nobody's words, or gaps later, on the circle's
 * page, where it could not be asked which there are.
 */
export type TakingBack = 'leaveGaps' | 'keepQuotes' | 'gapsLater';

export interface TakeBackDialogProps {
  isOpen: boolean;
  onClose: () => void;
  /** Quotes of these words in all joint text; null while that is not known. */
  quotes: number | null;
  /** How many of them stand before the circles, and cannot be changed now. */
  fixed: number;
  /** The server could not be asked. */
  isUnknown: boolean;
  looking: Action<[]>;
  taking: Action<[how: TakingBack]>;
}

/** Says what taking back does, and what nobody can take back any more. Nothing that fails before it is in its way. */
export function TakeBackDialog(props: TakeBackDialogProps) {
  const { isOpen, onClose, quotes, fixed, isUnknown, looking, taking } = props;
  const t = useText();
  const [withQuotes, setWithQuotes] = useState(true);
  const hasQuotes = quotes !== null && quotes > 0;
  const how = isUnknown ? 'gapsLater' : withQuotes ? 'leaveGaps' : 'keepQuotes';
  return (
    <Dialog isOpen={isOpen} onClose={onClose} title={t('takeBack.title')} closeLabel={t('close')}>
      <p>{t('takeBack.about')}</p>
      {hasQuotes && (
        <Checkbox
          label={t('takeBack.quotes', { count: quotes })}
          isChecked={withQuotes}
          onChange={setWithQuotes}
        />
      )}
      {hasQuotes && withQuotes && fixed > 0 && <p>{t('takeBack.fixed', { count: fixed })}</p>}
      {isUnknown && (
        <Notice tone="warn" isUrgent>
          <p>{t('takeBack.unknown')}</p>
          <Button isBusy={looking.isBusy} onClick={() => void looking.run()}>
            {t('tryAgain')}
          </Button>
        </Notice>
      )}
      <p>{t(TEXT[how])}</p>
      {taking.error && (
        <Notice tone="stop" isUrgent>
          {t(`error.${taking.error}`)}
        </Notice>
      )}
      <div className="button-row">
        <Button
          look="primary"
          isBusy={taking.isBusy || (quotes === null && !isUnknown)}
          onClick={() => void taking.run(how)}
        >
          {t('takeBack.yes')}
        </Button>
        <Button onClick={onClose}>{t('takeBack.no')}</Button>
      </div>
    </Dialog>
  );
}

const TEXT = {
  leaveGaps: 'takeBack.kept',
  keepQuotes: 'takeBack.quotesStay',
  gapsLater: 'takeBack.later',
} as const;

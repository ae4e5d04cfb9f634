import type { Asking } from '@longtable/shared/protocol/http/partners';
import { useCallback, useState } from 'react';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { withdrawAsking } from './partners-api.ts';
import { StatementView } from './statement-view.tsx';

export interface WaitingForCirclesProps {
  asking: Asking;
  onWithdrawn: () => void;
}

/** Nothing here tells who has answered, or how many. */
export function WaitingForCircles({ asking, onWithdrawn }: WaitingForCirclesProps) {
  const t = useText();
  const { partnerId, name, statement } = asking;
  const [isSure, setSure] = useState(false);
  const withdraw = useAction(
    useCallback(async () => {
      await withdrawAsking(partnerId);
      onWithdrawn();
    }, [partnerId, onWithdrawn]),
  );
  return (
    <>
      <p role="status" className="waiting-line">
        <Spinner /> {t('invited.waiting', { name })}
      </p>
      <p className="soft">{t('invited.waitAbout')}</p>
      {statement && (
        <details className="fold">
          <summary>{t('partners.statement')}</summary>
          <StatementView statement={statement} />
        </details>
      )}
      {isSure ? (
        <Notice tone="warn" isUrgent>
          <p>{t('invited.withdrawAbout')}</p>
          <div className="button-row">
            <Button isBusy={withdraw.isBusy} onClick={() => void withdraw.run()}>
              {t('invited.withdrawSure')}
            </Button>
            <Button look="quiet" onClick={() => setSure(false)}>
              {t('invited.keepAsking')}
            </Button>
          </div>
        </Notice>
      ) : (
        <Button onClick={() => setSure(true)}>{t('invited.withdraw')}</Button>
      )}
      {withdraw.error && (
        <Notice tone="stop" isUrgent>
          {t(`error.${withdraw.error}`)}
        </Notice>
      )}
    </>
  );
}

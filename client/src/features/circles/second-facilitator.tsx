import type { PartnershipId, SeatId } from '@longtable/shared/ids';
import type { FacilitatorCode } from '@longtable/shared/protocol/http/partnerships';
import { useCallback, useState } from 'react';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { FACILITATOR_CODE_DAYS, mintFacilitatorCode } from './circles-api.ts';
import { CodeCard } from './code-card.tsx';

export interface SecondFacilitatorProps {
  seat: SeatId;
  partnershipId: PartnershipId;
  /** Somebody on another device could carry on. */
  isThere: boolean;
}

/** Offered before it is needed: a phone falls into the sea, a laptop dies, and the evening goes on. */
export function SecondFacilitator({ seat, partnershipId, isThere }: SecondFacilitatorProps) {
  const t = useText();
  const [code, setCode] = useState<FacilitatorCode | null>(null);
  const mint = useAction(
    useCallback(async () => setCode(await mintFacilitatorCode(seat, partnershipId)), [seat, partnershipId]),
  );
  return (
    <div className="stack is-tight">
      {isThere ? <p>{t('second.there')}</p> : <Notice tone="warn">{t('second.none')}</Notice>}
      <p>{t('second.about')}</p>
      {!isThere && <p className="soft small">{t('second.loss')}</p>}
      <Button
        look={isThere || code ? 'plain' : 'primary'}
        isBusy={mint.isBusy}
        onClick={() => void mint.run()}
      >
        {t(isThere || code ? 'second.again' : 'second.make')}
      </Button>
      {mint.error && (
        <Notice tone="stop" isUrgent>
          {t(`error.${mint.error}`)}
        </Notice>
      )}
      {code && (
        <CodeCard key={code.code} code={code} note={t('second.note', { days: FACILITATOR_CODE_DAYS })} />
      )}
    </div>
  );
}

import type { CircleId, PartnershipId, SeatId } from '@longtable/shared/ids';
import type { FacilitatorCode } from '@longtable/shared/protocol/http/partnerships';
import { useCallback, useState } from 'react';
import { useAction } from '../../lib/use-action.ts';
import { useLoaded } from '../../lib/use-loaded.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import {
  answerFacilitatorCall,
  FACILITATOR_CODE_DAYS,
  fetchFacilitatorCall,
  mintFacilitatorCode,
} from './circles-api.ts';
import { CodeCard } from './code-card.tsx';

const LOOK_AGAIN_MS = 15_000;

export interface FacilitatorCallProps {
  seat: SeatId;
  circleId: CircleId;
  partnershipId: PartnershipId;
}

/** Without any facilitator the circles help themselves: once all agree, one of them makes the code. */
export function FacilitatorCall({ seat, circleId, partnershipId }: FacilitatorCallProps) {
  const t = useText();
  const [code, setCode] = useState<FacilitatorCode | null>(null);
  const { data, error, reload } = useLoaded(
    useCallback(() => fetchFacilitatorCall(seat, circleId), [seat, circleId]),
    LOOK_AGAIN_MS,
  );
  const answer = useAction(
    useCallback(
      async (agrees: boolean) => {
        await answerFacilitatorCall(seat, circleId, agrees);
        await reload();
      },
      [seat, circleId, reload],
    ),
  );
  const mint = useAction(
    useCallback(async () => {
      try {
        setCode(await mintFacilitatorCode(seat, partnershipId));
      } finally {
        await reload();
      }
    }, [seat, partnershipId, reload]),
  );
  const problem = mint.error ?? answer.error ?? error;
  return (
    <div className="stack is-tight">
      <p>{t('call.about')}</p>
      <p role="status">
        {data?.isComplete ? <strong>{t('call.ready')}</strong> : data?.agrees && t('call.agreed')}
      </p>
      <div className="button-row">
        {data?.isComplete && (
          <Button look="primary" isBusy={mint.isBusy} onClick={() => void mint.run()}>
            {t('call.make')}
          </Button>
        )}
        {data && (
          <Button isBusy={answer.isBusy} onClick={() => void answer.run(!data.agrees)}>
            {t(data.agrees ? 'call.takeBack' : 'call.agree')}
          </Button>
        )}
      </div>
      {problem && (
        <Notice tone="stop" isUrgent>
          {t(`error.${problem}`)}
        </Notice>
      )}
      {code && (
        <CodeCard key={code.code} code={code} note={t('second.note', { days: FACILITATOR_CODE_DAYS })} />
      )}
    </div>
  );
}

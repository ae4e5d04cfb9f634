import type { CircleId, SeatId } from '@longtable/shared/ids';
import type { MintedCode } from '@longtable/shared/protocol/http/circles';
import { useCallback, useState } from 'react';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { mintCode } from './circles-api.ts';
import { CodeCard } from './code-card.tsx';

const FOUNDING_DAYS = 14;

export interface EmptyCircleProps {
  seat: SeatId;
  circleId: CircleId;
  onTakeSeat: () => void;
}

/** What a facilitator can do for a circle where nobody sits: sit down, or hand somebody the one card that opens it. */
export function EmptyCircle({ seat, circleId, onTakeSeat }: EmptyCircleProps) {
  const t = useText();
  const [code, setCode] = useState<MintedCode | null>(null);
  const mint = useAction(
    useCallback(async () => {
      setCode(await mintCode(seat, circleId, { uses: 1, days: FOUNDING_DAYS }));
    }, [seat, circleId]),
  );
  return (
    <div className="stack is-tight">
      <div className="button-row">
        <Button isBusy={mint.isBusy} onClick={() => void mint.run()}>
          {code ? t('circle.newFoundingCard') : t('circle.makeFoundingCard')}
        </Button>
        <Button look="quiet" onClick={onTakeSeat}>
          {t('circle.takeFirstSeat')}
        </Button>
      </div>
      {mint.error && (
        <Notice tone="stop" isUrgent>
          {t(`error.${mint.error}`)}
        </Notice>
      )}
      {code && (
        <CodeCard key={code.id} code={code} note={t('circle.foundingNote', { days: FOUNDING_DAYS })} />
      )}
    </div>
  );
}

import type { CircleId, CodeId, SeatId } from '@longtable/shared/ids';
import type { MintedCode } from '@longtable/shared/protocol/http/circles';
import { useCallback, useState } from 'react';
import { FormattedDate } from 'react-intl';
import { useAction } from '../../lib/use-action.ts';
import { useLoaded } from '../../lib/use-loaded.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { fetchCodes, mintCode, revokeCode } from './circles-api.ts';
import { CodeCard } from './code-card.tsx';
import { PrintCards } from './print-cards.tsx';

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
  const out = useLoaded(useCallback(() => fetchCodes(seat, circleId), [seat, circleId]));
  const { reload } = out;
  const mint = useAction(
    useCallback(async () => {
      setCode(await mintCode(seat, circleId, { uses: 1, days: FOUNDING_DAYS }));
      await reload();
    }, [seat, circleId, reload]),
  );
  const takeBack = useAction(
    useCallback(
      async (id: CodeId) => {
        await revokeCode(seat, circleId, id);
        setCode(null);
        await reload();
      },
      [seat, circleId, reload],
    ),
  );
  const problem = mint.error ?? takeBack.error;
  const founding = out.data?.codes[0];
  return (
    <div className="stack is-tight">
      {founding && (
        <div className="code-row">
          <span>
            {t('founding.out')}{' '}
            <FormattedDate value={`${founding.expiresOn}T12:00:00`} day="numeric" month="long" />
          </span>
          <Button isBusy={takeBack.isBusy} onClick={() => void takeBack.run(founding.id)}>
            {t('founding.takeBack')}
          </Button>
        </div>
      )}
      <div className="button-row">
        <Button isBusy={mint.isBusy} onClick={() => void mint.run()}>
          {founding ? t('circle.newFoundingCard') : t('circle.makeFoundingCard')}
        </Button>
        <Button look="quiet" onClick={onTakeSeat}>
          {t('circle.takeFirstSeat')}
        </Button>
      </div>
      {problem && (
        <Notice tone="stop" isUrgent>
          {t(`error.${problem}`)}
        </Notice>
      )}
      {code && (
        <CodeCard key={code.id} code={code} note={t('circle.foundingNote', { days: FOUNDING_DAYS })}>
          <PrintCards seat={seat} circleId={circleId} code={code} uses={1} />
        </CodeCard>
      )}
    </div>
  );
}

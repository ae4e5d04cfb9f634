import type { CircleId, SeatId } from '@longtable/shared/ids';
import { MAX_CODE_DAYS, MAX_CODE_USES } from '@longtable/shared/limits';
import type { MintedCode } from '@longtable/shared/protocol/http/circles';
import { useCallback, useState } from 'react';
import { FormattedDate } from 'react-intl';
import { useAction } from '../../lib/use-action.ts';
import { useLoaded } from '../../lib/use-loaded.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { NumberInput } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { fetchCodes, mintCode, revokeCode } from './circles-api.ts';
import { CodeCard } from './code-card.tsx';
import { PrintCards } from './print-cards.tsx';

const USUAL_USES = 10;
const USUAL_DAYS = 3;

/** Makes codes for this circle and takes them back. The list knows no person and no hour. */
export function InvitePanel({ seat, circleId }: { seat: SeatId; circleId: CircleId }) {
  const t = useText();
  const [uses, setUses] = useState(USUAL_USES);
  const [days, setDays] = useState(USUAL_DAYS);
  const [minted, setMinted] = useState<{ code: MintedCode; uses: number } | null>(null);
  const { data, error, reload } = useLoaded(useCallback(() => fetchCodes(seat, circleId), [seat, circleId]));

  const mint = useAction(
    useCallback(async () => {
      setMinted({ code: await mintCode(seat, circleId, { uses, days }), uses });
      await reload();
    }, [seat, circleId, uses, days, reload]),
  );
  const revoke = useAction(
    useCallback(
      async (codeId: NonNullable<typeof data>['codes'][number]['id']) => {
        await revokeCode(seat, circleId, codeId);
        setMinted((shown) => (shown?.code.id === codeId ? null : shown));
        await reload();
      },
      [seat, circleId, reload],
    ),
  );
  const problem = mint.error ?? revoke.error ?? error;

  return (
    <div className="stack">
      <p className="soft">{t('invite.about')}</p>
      <div className="two-numbers">
        <NumberInput label={t('invite.uses')} value={uses} min={1} max={MAX_CODE_USES} onChange={setUses} />
        <NumberInput label={t('invite.days')} value={days} min={1} max={MAX_CODE_DAYS} onChange={setDays} />
      </div>
      <Button look="primary" isBusy={mint.isBusy} onClick={() => void mint.run()}>
        {t('invite.make')}
      </Button>
      {minted && (
        <CodeCard key={minted.code.id} code={minted.code} note={t('invite.note')}>
          <PrintCards seat={seat} circleId={circleId} code={minted.code} uses={minted.uses} />
        </CodeCard>
      )}
      {problem && (
        <Notice tone="stop" isUrgent>
          {t(`error.${problem}`)}
        </Notice>
      )}
      {data && data.codes.length > 0 && (
        <div className="stack is-tight">
          <h3>{t('invite.list')}</h3>
          <ul className="plain-list">
            {data.codes.map((code) => (
              <li key={code.id} className="code-row">
                <span>
                  {t('invite.usesLeft', { count: code.usesLeft })}
                  {' · '}
                  {t('invite.until')}{' '}
                  <FormattedDate value={`${code.expiresOn}T12:00:00`} day="numeric" month="long" />
                </span>
                <Button isBusy={revoke.isBusy} onClick={() => void revoke.run(code.id)}>
                  {t('invite.revoke')}
                </Button>
              </li>
            ))}
          </ul>
        </div>
      )}
    </div>
  );
}

import type { PartnerId, SeatId } from '@longtable/shared/ids';
import type { Partner } from '@longtable/shared/protocol/http/partners';
import { useCallback } from 'react';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../lib/use-text.ts';
import { Badge } from '../../ui/badge.tsx';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { takeBackInvitation } from './partners-api.ts';
import { StatementView } from './statement-view.tsx';

export interface PartnerListProps {
  seat: SeatId;
  partners: readonly Partner[];
  isFacilitator: boolean;
  onChanged: () => Promise<void>;
}

/** Who was invited and what they say. Of the circles' answers only whether all have agreed. */
export function PartnerList({ seat, partners, isFacilitator, onChanged }: PartnerListProps) {
  const t = useText();
  const takeBack = useAction(
    useCallback(
      async (id: PartnerId) => {
        await takeBackInvitation(seat, id);
        await onChanged();
      },
      [seat, onChanged],
    ),
  );
  if (partners.length === 0) return <p className="soft">{t('partners.none')}</p>;
  return (
    <>
      <ul className="plain-list">
        {partners.map(({ id, name, state, statement }) => (
          <li key={id} className="stack is-tight">
            <div className="card-head">
              <h3>
                <bdi>{name}</bdi>
              </h3>
              <Badge
                shape={state === 'agreed' ? 'tick' : 'ring'}
                tone={state === 'agreed' ? 'good' : 'plain'}
              >
                {t(`partners.state.${state}`)}
              </Badge>
            </div>
            <p className="soft small">{t(`partners.stateAbout.${state}`)}</p>
            {statement && (
              <details className="fold">
                <summary>{t('partners.statement')}</summary>
                <StatementView statement={statement} />
              </details>
            )}
            {(state === 'invited' || (state === 'asking' && isFacilitator)) && (
              <Button isBusy={takeBack.isBusy} onClick={() => void takeBack.run(id)}>
                {t(state === 'invited' ? 'partners.takeBack' : 'partners.end')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      {takeBack.error && (
        <Notice tone="stop" isUrgent>
          {t(`error.${takeBack.error}`)}
        </Notice>
      )}
    </>
  );
}

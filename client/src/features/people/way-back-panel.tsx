import type { SeatId } from '@longtable/shared/ids';
import type { Locale } from '@longtable/shared/protocol/http/people';
import type { ReturnKind, WayBack } from '@longtable/shared/protocol/http/returns';
import { useCallback, useState, type ReactNode } from 'react';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { makeWayBack } from './phone-api.ts';
import './pin.css';

export interface WayBackPanelProps {
  seat: SeatId;
  locale: Locale;
  /** Draws a code to be scanned. */
  showQr: (url: string) => ReactNode;
}

/** A seat card or five words, shown once: neither this page nor the server keeps them. */
export function WayBackPanel({ seat, locale, showQr }: WayBackPanelProps) {
  const t = useText();
  const [made, setMade] = useState<(WayBack & { kind: ReturnKind }) | null>(null);
  const make = useAction(
    useCallback(
      async (kind: ReturnKind) => setMade({ kind, ...(await makeWayBack(seat, { kind, locale })) }),
      [seat, locale],
    ),
  );

  return (
    <div className="stack">
      <p className="soft">{t('wayBack.about')}</p>
      <div className="button-row">
        <Button isBusy={make.isBusy} onClick={() => void make.run('card')}>
          {t('wayBack.card')}
        </Button>
        <Button isBusy={make.isBusy} onClick={() => void make.run('words')}>
          {t('wayBack.words')}
        </Button>
      </div>
      {make.error && (
        <Notice tone="stop" isUrgent>
          {t(`error.${make.error}`)}
        </Notice>
      )}
      {made && (
        <div className="stack" role="status">
          <p>{t(made.kind === 'card' ? 'wayBack.cardAbout' : 'wayBack.wordsAbout')}</p>
          <div className="way-back">
            {made.url !== null && showQr(made.url)}
            <p className="way-back-text">
              <bdi dir={made.url === null ? 'auto' : 'ltr'}>{made.text}</bdi>
            </p>
          </div>
          <p className="soft small">{t('wayBack.once')}</p>
          <div className="button-row">
            {made.url !== null && <Button onClick={() => window.print()}>{t('wayBack.print')}</Button>}
            <Button onClick={() => setMade(null)}>{t('wayBack.hide')}</Button>
          </div>
        </div>
      )}
    </div>
  );
}

import type { SeatId } from '@longtable/shared/ids';
import type { Locale, ReturnKind } from '@longtable/shared/protocol/http/people';
import type { WayBack } from '@longtable/shared/protocol/http/returns';
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { makeWayBack } from './phone-api.ts';
import { PrintAlone } from './print-alone.tsx';
import { onReplaced, replaced } from './ways-shown.ts';
import './pin.css';

export interface WayBackPanelProps {
  seat: SeatId;
  /** What there is already; a new one of the same kind makes it useless. */
  has: readonly ReturnKind[];
  locale: Locale;
  /** Draws a code to be scanned. */
  showQr: (url: string) => ReactNode;
  onMade: () => Promise<void>;
}

/** A seat card or five words, shown once: neither this page nor the server keeps them. */
export function WayBackPanel({ seat, has, locale, showQr, onMade }: WayBackPanelProps) {
  const t = useText();
  const [made, setMade] = useState<(WayBack & { kind: ReturnKind }) | null>(null);
  /** Asked for where there is one already. */
  const [asked, setAsked] = useState<ReturnKind | null>(null);
  const buttons = { card: useRef<HTMLButtonElement>(null), words: useRef<HTMLButtonElement>(null) };
  /** What was pressed goes away; in a dialog the page itself cannot take the focus. */
  const focus = (kind: ReturnKind) => buttons[kind].current?.focus();
  const make = useAction(
    useCallback(
      async (kind: ReturnKind) => {
        const way = await makeWayBack(seat, { kind, locale });
        replaced(seat, kind);
        setMade({ kind, ...way });
        setAsked(null);
        await onMade();
      },
      [seat, locale, onMade],
    ),
  );
  const want = (kind: ReturnKind) => (has.includes(kind) ? setAsked(kind) : void make.run(kind));
  const shown = made?.kind;
  useEffect(
    () => (shown === undefined ? undefined : onReplaced(seat, shown, () => setMade(null))),
    [seat, shown],
  );

  return (
    <div className="stack">
      <p className="soft">{t('wayBack.about')}</p>
      {has.length > 0 && (
        <ul className="ticked-list">
          {has.map((kind) => (
            <li key={kind}>{t(kind === 'card' ? 'wayBack.hasCard' : 'wayBack.hasWords')}</li>
          ))}
        </ul>
      )}
      <div className="button-row">
        <Button ref={buttons.card} isBusy={make.isBusy} onClick={() => want('card')}>
          {t('wayBack.card')}
        </Button>
        <Button ref={buttons.words} isBusy={make.isBusy} onClick={() => want('words')}>
          {t('wayBack.words')}
        </Button>
      </div>
      {asked && (
        <Notice tone="warn" isUrgent>
          <p>{t(asked === 'card' ? 'wayBack.replacesCard' : 'wayBack.replacesWords')}</p>
          <div className="button-row">
            <Button
              look="primary"
              onClick={() => {
                setAsked(null);
                focus(asked);
              }}
            >
              {t('wayBack.keepOld')}
            </Button>
            <Button
              isBusy={make.isBusy}
              onClick={() => {
                focus(asked);
                void make.run(asked);
              }}
            >
              {t('wayBack.makeNew')}
            </Button>
          </div>
        </Notice>
      )}
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
          <PrintAlone>
            {made.url !== null && showQr(made.url)}
            <p className="print-text">
              <bdi dir={made.url === null ? 'auto' : 'ltr'}>{made.text}</bdi>
            </p>
          </PrintAlone>
          <p className="soft small">{t('wayBack.once')}</p>
          <div className="button-row">
            {made.url !== null && <Button onClick={() => window.print()}>{t('wayBack.print')}</Button>}
            <Button
              onClick={() => {
                setMade(null);
                focus(made.kind);
              }}
            >
              {t('wayBack.hide')}
            </Button>
          </div>
        </div>
      )}
    </div>
  );
}

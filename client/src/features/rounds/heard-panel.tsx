import { HeardMark } from '@longtable/shared/protocol/http/heard';
import { useState, type ReactNode } from 'react';
import type { Action } from '../../lib/use-action.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import './heard.css';

/** A bubble, an arrow that goes past, and a closed shape: told apart without colour. */
const shapes: Record<HeardMark, ReactNode> = {
  spoke: <path d="M3 4h14v9H9l-4 4v-4H3z" />,
  passed: <path d="M3 10h11M10 5.5l4.5 4.5-4.5 4.5M17 5v10" />,
  notSafe: <path d="M7 2.5h6L17.5 7v6L13 17.5H7L2.5 13V7zM6.5 10h7" />,
};

export const HEARD_PANEL_ID = 'heard-here';

export interface HeardPanelProps {
  /** What the circle last said; null where it said nothing, or took it back. */
  mark: HeardMark | null;
  marking: Action<[HeardMark | null]>;
  /** What comes of "not safe": whom the circle turns to, or how to choose somebody. */
  notSafe: ReactNode;
}

/** A member says for the circle whether it has been heard. Nothing is ever inferred from what was typed. */
export function HeardPanel({ mark, marking, notSafe }: HeardPanelProps) {
  const t = useText();
  const [asked, setAsked] = useState<HeardMark | null>(null);
  const say = (next: HeardMark | null) => {
    setAsked(next);
    void marking.run(next);
  };
  return (
    <section className="heard-panel" aria-labelledby={HEARD_PANEL_ID}>
      <h3 id={HEARD_PANEL_ID} tabIndex={-1}>
        {t('heard.title')}
      </h3>
      <p className="soft small">{t('heard.whoSees')}</p>
      <div className="heard-choices">
        {HeardMark.options.map((option) => (
          <Button
            key={option}
            isLarge
            className="heard-choice"
            aria-pressed={mark === option}
            isBusy={marking.isBusy && asked === option}
            onClick={() => {
              if (mark !== option) say(option);
            }}
          >
            <svg viewBox="0 0 20 20" aria-hidden="true" className={option === 'passed' ? 'turns' : ''}>
              {shapes[option]}
            </svg>
            {t(`heard.${option}`)}
            {mark === option && (
              <span className="heard-tick" aria-hidden="true">
                ✓
              </span>
            )}
          </Button>
        ))}
      </div>
      <div role="status" className="stack is-tight">
        {mark === null ? (
          <p className="soft small">{t('heard.none')}</p>
        ) : (
          <p className="soft small">{t('heard.change')}</p>
        )}
        {mark === 'notSafe' && notSafe}
      </div>
      {mark !== null && (
        <div className="button-row">
          <Button look="quiet" isBusy={marking.isBusy && asked === null} onClick={() => say(null)}>
            {t('heard.takeBack')}
          </Button>
        </div>
      )}
      {marking.error && (
        <Notice tone="stop" isUrgent>
          {t(`error.${marking.error}`)}
        </Notice>
      )}
    </section>
  );
}

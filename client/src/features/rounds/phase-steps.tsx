import { type Phase, PHASES } from '@longtable/shared/rounds/round';
import { useId } from 'react';
import type { Action } from '../../lib/use-action.ts';
import { useText } from '../../lib/use-text.ts';
import { Notice } from '../../ui/notice.tsx';
import './round.css';

export interface PhaseStepsProps {
  phase: Phase;
  /** A facilitator moves the conversation, in any order; null for everybody else and once a round is over. */
  moving: Action<[Phase]> | null;
}

/** Where the conversation is, and what one does there. */
export function PhaseSteps({ phase, moving }: PhaseStepsProps) {
  const t = useText();
  const id = useId();
  const step = (each: Phase, at: number) => (
    <>
      <span className="phase-number">{t('section.number', { number: at + 1 })}</span>
      <span className="phase-name">{t(`round.${each}`)}</span>
    </>
  );
  return (
    <section className="phases" aria-labelledby={id}>
      <h2 id={id} className="sr-only">
        {t('round.steps')}
      </h2>
      <ol className={moving ? 'phase-steps is-moving' : 'phase-steps'}>
        {PHASES.map((each, at) => (
          <li key={each} aria-current={each === phase ? 'step' : undefined}>
            {moving && each !== phase ? (
              <button
                type="button"
                className="phase-step"
                title={t('round.goToStep')}
                aria-disabled={moving.isBusy || undefined}
                onClick={() => void moving.run(each)}
              >
                {step(each, at)}
              </button>
            ) : (
              <span className="phase-step">{step(each, at)}</span>
            )}
          </li>
        ))}
      </ol>
      <p role="status">
        <strong>{t(`round.${phase}`)}.</strong> {t(`round.${phase}About`)}
      </p>
      {moving && <p className="soft small">{t('round.stepsFree')}</p>}
      {moving?.error && (
        <Notice tone="stop" isUrgent>
          {t(`error.${moving.error}`)}
        </Notice>
      )}
    </section>
  );
}

import { MAX_REASON_CHARACTERS } from '@longtable/shared/limits';
import { type Answer, Dissent, Position } from '@longtable/shared/protocol/http/rounds';
import { useId } from 'react';
import type { Action } from '../../lib/use-action.ts';
import { useRefusal } from '../../lib/use-refusal.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { Radio } from '../../ui/choice.tsx';
import { Form } from '../../ui/form.tsx';
import { LongText } from '../../ui/long-text.tsx';
import { Notice } from '../../ui/notice.tsx';
import { HEARD_PANEL_ID } from './heard-panel.tsx';

export interface AnswerDraft {
  position: Answer['position'] | null;
  reason: string;
  dissent: Dissent;
}

export interface AnswerFormProps {
  draft: AnswerDraft;
  onDraft: (draft: AnswerDraft) => void;
  giving: Action<[Omit<Answer, 'version'>]>;
  /** The other answers are shown already: everyone reads this one as soon as it is given. */
  isShownAtOnce: boolean;
  canGoUnnamed: boolean;
  /** Back to what was answered before; null where nothing was. */
  onKeep: (() => void) | null;
}

/** A circle's answer to exact words. A worry and a "we cannot" come with a reason, because the others must be able to act on it. */
export function AnswerForm({ draft, onDraft, giving, isShownAtOnce, canGoUnnamed, onKeep }: AnswerFormProps) {
  const t = useText();
  const group = useId();
  const { form, isTried, refuse } = useRefusal();
  const { position } = draft;
  const choices = Dissent.options.filter((option) => option !== 'unnamed' || canGoUnnamed);
  // One chosen while it could still hide says the least instead.
  const dissent = choices.includes(draft.dissent) ? draft.dissent : 'inside';
  const reason = draft.reason.trim();
  const isDissent = position !== null && position !== 'consent';
  const problem = !isDissent
    ? null
    : reason === ''
      ? t('answer.reasonMissing')
      : reason.length > MAX_REASON_CHARACTERS
        ? t('answer.reasonTooLong', { limit: MAX_REASON_CHARACTERS })
        : null;

  return (
    <Form
      ref={form}
      onSubmit={() => {
        if (position === null || problem !== null) refuse();
        else if (isDissent) void giving.run({ position, reason, dissent });
        else void giving.run({ position, reason: null, dissent: 'inside' });
      }}
    >
      <fieldset
        className="stack is-tight"
        aria-invalid={isTried && position === null ? true : undefined}
        aria-describedby={isTried && position === null ? `${group}-missing` : undefined}
      >
        <legend className="field-label">{t('answer.title')}</legend>
        {Position.options.map((option) => (
          <Radio
            key={option}
            look="card"
            group={group}
            label={t(`answer.${option}`)}
            about={t(`answer.${option}About`)}
            isChecked={position === option}
            onChoose={() => onDraft({ ...draft, position: option })}
          />
        ))}
        {isTried && position === null && (
          <p className="field-error" role="alert" id={`${group}-missing`}>
            {t('answer.missing')}
          </p>
        )}
      </fieldset>
      {isDissent && (
        <>
          <LongText
            label={t(`answer.reason.${position}`)}
            hint={t('answer.reasonHint')}
            error={isTried ? problem : null}
            rows={4}
            value={draft.reason}
            onChange={(text) => onDraft({ ...draft, reason: text })}
          />
          <fieldset className="stack is-tight">
            <legend className="field-label">{t('answer.dissent')}</legend>
            <p className="soft small">{t('answer.dissentAbout')}</p>
            {choices.map((option) => (
              <Radio
                key={option}
                group={`${group}-dissent`}
                label={t(`answer.${option}`)}
                isChecked={dissent === option}
                onChoose={() => onDraft({ ...draft, dissent: option })}
              />
            ))}
            <p className="soft small">
              {t(
                canGoUnnamed
                  ? 'answer.unnamedAbout'
                  : isShownAtOnce
                    ? 'answer.unnamedLate'
                    : 'answer.unnamedFew',
              )}
            </p>
          </fieldset>
        </>
      )}
      {giving.error && (
        <Notice tone="stop" isUrgent>
          <p>{t(`error.${giving.error}`)}</p>
          {giving.error === 'notHeard' && <Button onClick={goToHeard}>{t('heard.title')}</Button>}
        </Notice>
      )}
      {isShownAtOnce && <Notice>{t('answer.shownAtOnce')}</Notice>}
      <div className="button-row">
        <Button type="submit" look="primary" isBusy={giving.isBusy}>
          {t('answer.give')}
        </Button>
        {onKeep && (
          <Button look="quiet" onClick={onKeep}>
            {t('answer.keep')}
          </Button>
        )}
      </div>
    </Form>
  );
}

/** It stands above the form, and the form is long. */
function goToHeard(): void {
  const panel = document.getElementById(HEARD_PANEL_ID);
  panel?.focus({ preventScroll: true });
  panel?.scrollIntoView({ block: 'start' });
}

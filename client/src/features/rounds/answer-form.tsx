import { MAX_REASON_CHARACTERS } from '@longtable/shared/limits';
import { type Answer, Dissent, Position } from '@longtable/shared/protocol/http/rounds';
import { useId } from 'react';
import type { Action } from '../../lib/use-action.ts';
import { useRefusal } from '../../lib/use-refusal.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import type { AnswerDraft } from './answer-drafts.ts';
import { HEARD_PANEL_ID } from './heard-panel.tsx';

export interface AnswerFormProps {
  draft: AnswerDraft;
  onDraft: (draft: AnswerDraft) => void;
  giving: Action<[Omit<Answer, 'version'>]>;
  /** Back to what was answered before; null where nothing was. */
  onKeep: (() => void) | null;
}

/** A circle's answer to exact words. A worry and a "we cannot" come with a reason, because the others must be able to act on it. */
export function AnswerForm({ draft, onDraft, giving, onKeep }: AnswerFormProps) {
  const t = useText();
  const group = useId();
  const { form, isTried, refuse } = useRefusal();
  const { position, dissent } = draft;
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
    <form
      ref={form}
      className="stack"
      noValidate
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
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
          <label key={option} className="choice-card">
            <input
              type="radio"
              name={group}
              checked={position === option}
              onChange={() => onDraft({ ...draft, position: option })}
            />
            <span>
              <strong>{t(`answer.${option}`)}</strong>
              <br />
              <span className="soft small">{t(`answer.${option}About`)}</span>
            </span>
          </label>
        ))}
        {isTried && position === null && (
          <p className="field-error" role="alert" id={`${group}-missing`}>
            {t('answer.missing')}
          </p>
        )}
      </fieldset>
      {isDissent && (
        <>
          <Field
            label={t(`answer.reason.${position}`)}
            hint={t('answer.reasonHint')}
            error={isTried ? problem : null}
          >
            {(control) => (
              <textarea
                {...control}
                className="input"
                rows={4}
                value={draft.reason}
                onChange={(event) => onDraft({ ...draft, reason: event.target.value })}
                autoComplete="off"
                autoCorrect="off"
                autoCapitalize="off"
                spellCheck={false}
                dir="auto"
              />
            )}
          </Field>
          <fieldset className="stack is-tight">
            <legend className="field-label">{t('answer.dissent')}</legend>
            <p className="soft small">{t('answer.dissentAbout')}</p>
            {Dissent.options.map((option) => (
              <label key={option} className="choice">
                <input
                  type="radio"
                  name={`${group}-dissent`}
                  checked={dissent === option}
                  onChange={() => onDraft({ ...draft, dissent: option })}
                />
                {t(`answer.${option}`)}
              </label>
            ))}
          </fieldset>
        </>
      )}
      {giving.error && (
        <Notice tone="stop" isUrgent>
          <p>{t(`error.${giving.error}`)}</p>
          {giving.error === 'notHeard' && <Button onClick={goToHeard}>{t('heard.title')}</Button>}
        </Notice>
      )}
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
    </form>
  );
}

/** It stands above the form, and the form is long. */
function goToHeard(): void {
  const panel = document.getElementById(HEARD_PANEL_ID);
  panel?.focus({ preventScroll: true });
  panel?.scrollIntoView({ block: 'start' });
}

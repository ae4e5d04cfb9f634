import type { SeatId } from '@longtable/shared/ids';
import { MAX_SUPPORT_CHARACTERS } from '@longtable/shared/limits';
import type { Support } from '@longtable/shared/protocol/http/heard';
import { useId, useState, type ReactNode } from 'react';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';

export interface SupportFormProps {
  support: Support | null;
  /** Every seat inside the circle, each as its members see it. */
  seats: readonly { seatId: SeatId; person: ReactNode; isMe: boolean }[];
  onChoose: (support: Support | null) => Promise<void>;
}

/** Whom the circle turns to when something is not safe to say: one of its own seats, or somebody outside. */
export function SupportForm({ support, seats, onChoose }: SupportFormProps) {
  const t = useText();
  const group = useId();
  const [chosen, setChosen] = useState<SeatId | 'outside' | null>(
    support === null ? null : support.kind === 'seat' ? support.seatId : 'outside',
  );
  const [text, setText] = useState(support?.kind === 'text' ? support.text : '');
  const [isTried, setTried] = useState(false);
  const choose = useAction(onChoose);

  const draft: Support | null =
    chosen === null
      ? null
      : chosen !== 'outside'
        ? { kind: 'seat', seatId: chosen }
        : text.trim() === ''
          ? null
          : { kind: 'text', text: text.trim() };
  const radio = (value: SeatId | 'outside') => ({
    type: 'radio',
    name: group,
    checked: chosen === value,
    onChange: () => setChosen(value),
  });

  return (
    <form
      className="stack"
      autoComplete="off"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        setTried(true);
        if (draft !== null) void choose.run(draft);
      }}
    >
      <p className="soft small">{t('support.about')}</p>
      <fieldset className="stack is-tight">
        <legend className="sr-only">{t('support.title')}</legend>
        {seats.map(({ seatId, person, isMe }) => (
          <label key={seatId} className="choice-card">
            <input {...radio(seatId)} />
            <span className="support-seat">
              {person} {isMe && <span className="soft">{t('support.me')}</span>}
            </span>
          </label>
        ))}
        <label className="choice-card">
          <input {...radio('outside')} />
          <span>{t('support.outside')}</span>
        </label>
      </fieldset>
      {chosen === 'outside' && (
        <Field
          label={t('support.text')}
          hint={t('support.textHint')}
          error={isTried && draft === null ? t('support.textMissing') : null}
        >
          {(control) => (
            <textarea
              {...control}
              className="input"
              rows={3}
              value={text}
              maxLength={MAX_SUPPORT_CHARACTERS}
              onChange={(event) => setText(event.target.value)}
              autoComplete="off"
              autoCorrect="off"
              autoCapitalize="off"
              spellCheck={false}
              dir="auto"
            />
          )}
        </Field>
      )}
      {isTried && chosen === null && (
        <p className="field-error" role="alert">
          {t('support.missing')}
        </p>
      )}
      {choose.error && (
        <Notice tone="stop" isUrgent>
          {t(`error.${choose.error}`)}
        </Notice>
      )}
      <div className="button-row">
        <Button type="submit" isBusy={choose.isBusy}>
          {t('support.keep')}
        </Button>
        {support !== null && (
          <Button look="quiet" onClick={() => void choose.run(null)}>
            {t('support.nobody')}
          </Button>
        )}
      </div>
    </form>
  );
}

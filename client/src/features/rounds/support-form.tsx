import type { CircleId, SeatId } from '@longtable/shared/ids';
import { MAX_SUPPORT_CHARACTERS } from '@longtable/shared/limits';
import type { Support } from '@longtable/shared/protocol/http/heard';
import { useId, useState, type ReactNode } from 'react';
import { Drafts, useDraft } from '../../lib/drafts.ts';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { Radio } from '../../ui/choice.tsx';
import { Form } from '../../ui/form.tsx';
import { LongText } from '../../ui/long-text.tsx';
import { Notice } from '../../ui/notice.tsx';

interface SupportDraft {
  chosen: SeatId | 'outside' | null;
  /** Null as long as nobody has typed: then it is what the circle keeps. */
  text: string | null;
}

const drafts = new Drafts<SupportDraft>({ hasWords: ({ text }) => (text ?? '').trim() !== '' });

export interface SupportFormProps {
  seat: SeatId;
  circle: CircleId;
  support: Support | null;
  /** Every seat inside the circle, each as its members see it. */
  seats: readonly { seatId: SeatId; person: ReactNode; isMe: boolean }[];
  onChoose: (support: Support | null) => Promise<void>;
}

/** Whom the circle turns to when something is not safe to say: one of its own seats, or somebody outside. */
export function SupportForm({ seat, circle, support, seats, onChoose }: SupportFormProps) {
  const t = useText();
  const group = useId();
  const { draft, keep, drop } = useDraft(drafts, { seat, about: circle });
  const { chosen, text: typed } = draft ?? {
    chosen: support === null ? null : support.kind === 'seat' ? support.seatId : ('outside' as const),
    text: null,
  };
  const text = typed ?? (support?.kind === 'text' ? support.text : '');
  const [isTried, setTried] = useState(false);
  const choose = useAction(async (next: Support | null) => {
    await onChoose(next);
    drop();
  });

  const next: Support | null =
    chosen === null
      ? null
      : chosen !== 'outside'
        ? { kind: 'seat', seatId: chosen }
        : text.trim() === ''
          ? null
          : { kind: 'text', text: text.trim() };

  return (
    <Form
      onSubmit={() => {
        setTried(true);
        if (next !== null) void choose.run(next);
      }}
    >
      <p className="soft small">{t('support.about')}</p>
      <fieldset className="stack is-tight">
        <legend className="sr-only">{t('support.title')}</legend>
        {seats.map(({ seatId, person, isMe }) => (
          <Radio
            key={seatId}
            look="card"
            group={group}
            label={
              <span className="support-seat">
                {person} {isMe && <span className="soft">{t('support.me')}</span>}
              </span>
            }
            isChecked={chosen === seatId}
            onChoose={() => keep({ chosen: seatId, text: typed })}
          />
        ))}
        <Radio
          look="card"
          group={group}
          label={t('support.outside')}
          isChecked={chosen === 'outside'}
          onChoose={() => keep({ chosen: 'outside', text: typed })}
        />
      </fieldset>
      {chosen === 'outside' && (
        <LongText
          label={t('support.text')}
          hint={t('support.textHint')}
          error={isTried && next === null ? t('support.textMissing') : null}
          value={text}
          maxLength={MAX_SUPPORT_CHARACTERS}
          onChange={(written) => keep({ chosen, text: written })}
        />
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
    </Form>
  );
}

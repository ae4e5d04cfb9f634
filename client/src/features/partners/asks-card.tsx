import type { SeatId } from '@longtable/shared/ids';
import { MAX_REASON_CHARACTERS } from '@longtable/shared/limits';
import type { AnswerPartner, Partner } from '@longtable/shared/protocol/http/partners';
import { useCallback, useId, useState } from 'react';
import { type Drafting, Drafts, useDraft } from '../../lib/drafts.ts';
import { useAction } from '../../lib/use-action.ts';
import { useRefusal } from '../../lib/use-refusal.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { Radio } from '../../ui/choice.tsx';
import { Form } from '../../ui/form.tsx';
import { LongText } from '../../ui/long-text.tsx';
import { Notice } from '../../ui/notice.tsx';
import { answerPartner } from './partners-api.ts';
import { StatementView } from './statement-view.tsx';

interface AnswerDraft {
  answer: AnswerPartner['answer'] | null;
  /** Null as long as nobody has typed: then they are those of the answer before. */
  words: string | null;
}

const drafts = new Drafts<AnswerDraft>({ hasWords: ({ words }) => (words ?? '').trim() !== '' });

export interface AsksCardProps {
  seat: SeatId;
  partner: Partner & {
    statement: NonNullable<Partner['statement']>;
    own: NonNullable<Partner['own']>;
  };
  onAnswered: () => Promise<void>;
}

/** An organisation asks one's own circle for a seat at this table. */
export function AsksCard({ seat, partner, onAnswered }: AsksCardProps) {
  const t = useText();
  const title = useId();
  const { name, statement, own } = partner;
  const [isChanging, setChanging] = useState(false);
  const drafting = useDraft(drafts, { seat, about: partner.id });
  const isOpen = own.answer === null || isChanging || drafting.draft !== null;
  const labels = statement.is.map((label) => t(`label.${label}`)).join(' · ');
  return (
    <section className="card asks stack" aria-labelledby={title}>
      <h2 id={title}>{t('partners.asks', { name })}</h2>
      <StatementView statement={statement} />
      <p>{t('partners.asksAbout')}</p>
      {labels && <Notice tone="warn">{t('partners.duty', { labels })}</Notice>}
      <p role="status">
        <strong>{t(`partners.said.${own.answer ?? 'nothing'}`)}</strong>
      </p>
      {own.words && (
        <p className="soft" dir="auto">
          {own.words}
        </p>
      )}
      {isOpen ? (
        <AnswerForm
          seat={seat}
          partner={partner}
          drafting={drafting}
          onAnswered={async () => {
            await onAnswered();
            drafting.drop();
            setChanging(false);
          }}
          onKeep={
            own.answer === null
              ? null
              : () => {
                  drafting.drop();
                  setChanging(false);
                }
          }
        />
      ) : (
        <Button onClick={() => setChanging(true)}>{t('partners.change')}</Button>
      )}
    </section>
  );
}

interface AnswerFormProps extends AsksCardProps {
  drafting: Drafting<AnswerDraft>;
  /** Back to what was answered before; null where nothing was. */
  onKeep: (() => void) | null;
}

function AnswerForm({ seat, partner: { id, own }, drafting, onAnswered, onKeep }: AnswerFormProps) {
  const t = useText();
  const group = useId();
  const { draft, keep } = drafting;
  const { answer, words: typed } = draft ?? { answer: own.answer, words: null };
  const words = typed ?? own.words ?? '';
  const { form, isTried, refuse } = useRefusal();
  const say = useAction(
    useCallback(
      async (chosen: AnswerPartner['answer']) => {
        await answerPartner(seat, id, { answer: chosen, words: words.trim() || null });
        await onAnswered();
      },
      [seat, id, words, onAnswered],
    ),
  );
  const isMissing = isTried && answer === null;
  return (
    <Form
      ref={form}
      onSubmit={() => {
        if (answer === null) refuse();
        else void say.run(answer);
      }}
    >
      <fieldset className="stack is-tight" role="radiogroup" aria-invalid={isMissing || undefined}>
        <legend className="field-label">{t('partners.answer')}</legend>
        <p className="soft small">{t('partners.answerAbout')}</p>
        {(['yes', 'notYet'] as const).map((value) => (
          <Radio
            key={value}
            look="card"
            group={group}
            label={t(value === 'yes' ? 'partners.yes' : 'partners.notYet')}
            isChecked={answer === value}
            onChoose={() => keep({ answer: value, words: typed })}
          />
        ))}
        {isMissing && (
          <p className="field-error" role="alert">
            {t('partners.missing')}
          </p>
        )}
      </fieldset>
      <LongText
        label={t('partners.words')}
        hint={t('partners.wordsHint')}
        value={words}
        maxLength={MAX_REASON_CHARACTERS}
        onChange={(next) => keep({ answer, words: next })}
      />
      {say.error && (
        <Notice tone="stop" isUrgent>
          {t(`error.${say.error}`)}
        </Notice>
      )}
      <div className="button-row">
        <Button type="submit" look="primary" isBusy={say.isBusy}>
          {t('partners.send')}
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

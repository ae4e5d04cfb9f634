import type { SeatId } from '@longtable/shared/ids';
import { MAX_REASON_CHARACTERS } from '@longtable/shared/limits';
import type { AnswerPartner, Partner } from '@longtable/shared/protocol/http/partners';
import { useCallback, useId, useState } from 'react';
import { useAction } from '../../lib/use-action.ts';
import { useRefusal } from '../../lib/use-refusal.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { LongText } from './long-text.tsx';
import { answerPartner } from './partners-api.ts';
import { StatementView } from './statement-view.tsx';

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
      {own.answer === null || isChanging ? (
        <AnswerForm
          seat={seat}
          partner={partner}
          onAnswered={async () => {
            await onAnswered();
            setChanging(false);
          }}
        />
      ) : (
        <Button onClick={() => setChanging(true)}>{t('partners.change')}</Button>
      )}
    </section>
  );
}

function AnswerForm({ seat, partner: { id, own }, onAnswered }: AsksCardProps) {
  const t = useText();
  const group = useId();
  const [answer, setAnswer] = useState<AnswerPartner['answer'] | null>(own.answer);
  const [words, setWords] = useState(own.words ?? '');
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
    <form
      ref={form}
      className="stack"
      noValidate
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        if (answer === null) refuse();
        else void say.run(answer);
      }}
    >
      <fieldset className="stack is-tight" role="radiogroup" aria-invalid={isMissing || undefined}>
        <legend className="field-label">{t('partners.answer')}</legend>
        <p className="soft small">{t('partners.answerAbout')}</p>
        {(['yes', 'notYet'] as const).map((value) => (
          <label key={value} className="choice-card">
            <input type="radio" name={group} checked={answer === value} onChange={() => setAnswer(value)} />
            <span>{t(value === 'yes' ? 'partners.yes' : 'partners.notYet')}</span>
          </label>
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
        onChange={setWords}
      />
      {say.error && (
        <Notice tone="stop" isUrgent>
          {t(`error.${say.error}`)}
        </Notice>
      )}
      <Button type="submit" look="primary" isBusy={say.isBusy}>
        {t('partners.send')}
      </Button>
    </form>
  );
}

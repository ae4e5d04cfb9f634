import { MAX_STATEMENT_CHARACTERS } from '@longtable/shared/limits';
import { DutyLabel, type PartnerStatement, type Tie } from '@longtable/shared/protocol/http/partners';
import { useState } from 'react';
import { useRefusal } from '../../lib/use-refusal.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { LongText } from './long-text.tsx';
import { TieQuestion } from './tie-question.tsx';
import { noTieDraft, type TieDraft, tieOf } from './tie-draft.ts';
import './partners.css';

type Ties = PartnerStatement['ties'];

const TIES = ['police', 'immigration', 'funders'] as const satisfies readonly (keyof Ties)[];

export interface StatementFormProps {
  isBusy: boolean;
  problem: string | null;
  onSend: (statement: PartnerStatement) => void;
}

/** Where an organisation stands, before it asks. "None" is a good answer; blank is not. */
export function StatementForm({ isBusy, problem, onSend }: StatementFormProps) {
  const t = useText();
  const [from, setFrom] = useState('');
  const [answersTo, setAnswersTo] = useState('');
  const [ties, setTies] = useState<Record<keyof Ties, TieDraft>>({
    police: noTieDraft,
    immigration: noTieDraft,
    funders: noTieDraft,
  });
  const [is, setIs] = useState<readonly DutyLabel[]>([]);
  const { form, isTried, refuse } = useRefusal();
  const missing = (text: string) => (isTried && text.trim() === '' ? t('invited.missing') : null);

  const submit = () => {
    const said = {
      police: tieOf(ties.police),
      immigration: tieOf(ties.immigration),
      funders: tieOf(ties.funders),
    };
    const isWhole = (each: typeof said): each is Record<keyof Ties, Tie> =>
      Object.values(each).every((tie) => tie !== null);
    if (from.trim() === '' || answersTo.trim() === '' || !isWhole(said)) refuse();
    else onSend({ from: from.trim(), answersTo: answersTo.trim(), ties: said, is: [...is] });
  };

  return (
    <form
      ref={form}
      className="stack"
      noValidate
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <LongText
        label={t('invited.from')}
        hint={t('invited.fromHint')}
        error={missing(from)}
        value={from}
        maxLength={MAX_STATEMENT_CHARACTERS}
        onChange={setFrom}
      />
      <LongText
        label={t('invited.answersTo')}
        hint={t('invited.answersToHint')}
        error={missing(answersTo)}
        value={answersTo}
        maxLength={MAX_STATEMENT_CHARACTERS}
        onChange={setAnswersTo}
      />
      <p>{t('invited.tiesAbout')}</p>
      {TIES.map((body) => (
        <TieQuestion
          key={body}
          question={t(`invited.ties.${body}`)}
          draft={ties[body]}
          isTried={isTried}
          onChange={(draft) => setTies((before) => ({ ...before, [body]: draft }))}
        />
      ))}
      <fieldset className="stack is-tight">
        <legend className="field-label">{t('invited.is')}</legend>
        <p className="soft small">{t('invited.isHint')}</p>
        {DutyLabel.options.map((label) => (
          <label key={label} className="label-box">
            <input
              type="checkbox"
              autoComplete="off"
              checked={is.includes(label)}
              onChange={({ target }) =>
                setIs((before) =>
                  DutyLabel.options.filter((each) =>
                    each === label ? target.checked : before.includes(each),
                  ),
                )
              }
            />
            <span>{t(`label.${label}`)}</span>
          </label>
        ))}
      </fieldset>
      {problem && (
        <Notice tone="stop" isUrgent>
          {problem}
        </Notice>
      )}
      <Button type="submit" look="primary" isLarge isBusy={isBusy}>
        {t('invited.send')}
      </Button>
    </form>
  );
}

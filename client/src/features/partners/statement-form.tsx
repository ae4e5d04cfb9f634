import { MAX_STATEMENT_CHARACTERS } from '@longtable/shared/limits';
import { DutyLabel, type PartnerStatement, type Tie } from '@longtable/shared/protocol/http/partners';
import { useRefusal } from '../../lib/use-refusal.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { Checkbox } from '../../ui/choice.tsx';
import { Form } from '../../ui/form.tsx';
import { LongText } from '../../ui/long-text.tsx';
import { Notice } from '../../ui/notice.tsx';
import { TieQuestion } from './tie-question.tsx';
import type { StatementDraft } from './statement-draft.ts';
import { tieOf } from './tie-draft.ts';
import './partners.css';

type Ties = PartnerStatement['ties'];

const TIES = ['police', 'immigration', 'funders'] as const satisfies readonly (keyof Ties)[];

export interface StatementFormProps {
  draft: StatementDraft;
  onDraft: (draft: StatementDraft) => void;
  isBusy: boolean;
  problem: string | null;
  onSend: (statement: PartnerStatement) => void;
}

/** Where an organisation stands, before it asks. "None" is a good answer; blank is not. */
export function StatementForm({ draft, onDraft, isBusy, problem, onSend }: StatementFormProps) {
  const t = useText();
  const { from, answersTo, ties, is } = draft;
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
    <Form ref={form} onSubmit={submit}>
      <LongText
        label={t('invited.from')}
        hint={t('invited.fromHint')}
        error={missing(from)}
        value={from}
        maxLength={MAX_STATEMENT_CHARACTERS}
        onChange={(text) => onDraft({ ...draft, from: text })}
      />
      <LongText
        label={t('invited.answersTo')}
        hint={t('invited.answersToHint')}
        error={missing(answersTo)}
        value={answersTo}
        maxLength={MAX_STATEMENT_CHARACTERS}
        onChange={(text) => onDraft({ ...draft, answersTo: text })}
      />
      <p>{t('invited.tiesAbout')}</p>
      {TIES.map((body) => (
        <TieQuestion
          key={body}
          question={t(`invited.ties.${body}`)}
          draft={ties[body]}
          isTried={isTried}
          onChange={(tie) => onDraft({ ...draft, ties: { ...ties, [body]: tie } })}
        />
      ))}
      <fieldset className="stack is-tight">
        <legend className="field-label">{t('invited.is')}</legend>
        <p className="soft small">{t('invited.isHint')}</p>
        {DutyLabel.options.map((label) => (
          <Checkbox
            key={label}
            label={t(`label.${label}`)}
            isChecked={is.includes(label)}
            onChange={(isChecked) =>
              onDraft({
                ...draft,
                is: DutyLabel.options.filter((each) => (each === label ? isChecked : is.includes(each))),
              })
            }
          />
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
    </Form>
  );
}

import { MAX_STATEMENT_CHARACTERS } from '@longtable/shared/limits';
import { useId } from 'react';
import { useText } from '../../lib/use-text.ts';
import { Radio } from '../../ui/choice.tsx';
import { LongText } from '../../ui/long-text.tsx';
import type { TieDraft } from './tie-draft.ts';

interface TieQuestionProps {
  question: string;
  draft: TieDraft;
  isTried: boolean;
  onChange: (draft: TieDraft) => void;
}

export function TieQuestion({ question, draft, isTried, onChange }: TieQuestionProps) {
  const t = useText();
  const group = useId();
  const isMissing = isTried && draft.has === null;
  return (
    <fieldset className="stack is-tight" role="radiogroup" aria-invalid={isMissing || undefined}>
      <legend className="field-label">{question}</legend>
      {[false, true].map((has) => (
        <Radio
          key={String(has)}
          look="card"
          group={group}
          label={t(has ? 'invited.ties.some' : 'invited.ties.none')}
          isChecked={draft.has === has}
          onChoose={() => onChange({ ...draft, has })}
        />
      ))}
      {isMissing && (
        <p className="field-error" role="alert">
          {t('invited.choose')}
        </p>
      )}
      {draft.has && (
        <LongText
          label={t('invited.ties.words')}
          error={isTried && draft.words.trim() === '' ? t('invited.missing') : null}
          value={draft.words}
          maxLength={MAX_STATEMENT_CHARACTERS}
          onChange={(words) => onChange({ ...draft, words })}
        />
      )}
    </fieldset>
  );
}

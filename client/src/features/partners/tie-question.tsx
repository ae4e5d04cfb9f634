import { MAX_STATEMENT_CHARACTERS } from '@longtable/shared/limits';
import { useId } from 'react';
import { useText } from '../../lib/use-text.ts';
import { LongText } from './long-text.tsx';
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
        <label key={String(has)} className="choice-card">
          <input
            type="radio"
            name={group}
            checked={draft.has === has}
            onChange={() => onChange({ ...draft, has })}
          />
          <span>{t(has ? 'invited.ties.some' : 'invited.ties.none')}</span>
        </label>
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

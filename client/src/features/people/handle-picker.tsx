import { Picture as PictureSchema, type Handle } from '@longtable/shared/protocol/http/people';
import { MAX_NAME_CHARACTERS } from '@longtable/shared/limits';
import { useId } from 'react';
import { useText } from '../../lib/use-text.ts';
import { TextInput } from '../../ui/field.tsx';
import { Picture } from './picture.tsx';

/** What a person has picked so far. A picture is enough; the name is theirs to add. */
export interface HandleDraft {
  picture: Handle['picture'] | null;
  name: string;
}

export const emptyHandle: HandleDraft = { picture: null, name: '' };

export function toHandle({ picture, name }: HandleDraft): Handle | null {
  if (picture === null) return null;
  const trimmed = name.trim();
  return trimmed === '' ? { picture } : { picture, name: trimmed };
}

export interface HandlePickerProps {
  draft: HandleDraft;
  onChange: (draft: HandleDraft) => void;
  /** A facilitator sits in no circle, so nobody else is ever shown their picture and name. */
  isSeenByNobody?: boolean;
  isMissing: boolean;
}

export function HandlePicker({ draft, onChange, isSeenByNobody = false, isMissing }: HandlePickerProps) {
  const t = useText();
  const group = useId();
  return (
    <div className="stack">
      <fieldset
        className="stack is-tight"
        role="radiogroup"
        aria-invalid={isMissing || undefined}
        aria-describedby={
          [isSeenByNobody && `${group}-hint`, isMissing && `${group}-error`].filter(Boolean).join(' ') ||
          undefined
        }
      >
        <legend className="field-label">{t('handle.picture')}</legend>
        {isSeenByNobody && (
          <p className="field-hint" id={`${group}-hint`}>
            {t('handle.onlyYou')}
          </p>
        )}
        {isMissing && (
          <p className="field-error" id={`${group}-error`} role="alert">
            {t('handle.pictureMissing')}
          </p>
        )}
        <div className="picture-grid">
          {PictureSchema.options.map((picture) => (
            <label
              key={picture}
              className={`picture-choice ${draft.picture === picture ? 'is-chosen' : ''}`.trim()}
            >
              <input
                type="radio"
                className="sr-only"
                name={group}
                autoComplete="off"
                checked={draft.picture === picture}
                onChange={() => onChange({ ...draft, picture })}
              />
              <Picture picture={picture} />
              <span>{t(`picture.${picture}`)}</span>
            </label>
          ))}
        </div>
      </fieldset>
      <details className="name-choice">
        <summary>{t('handle.addName')}</summary>
        <TextInput
          label={t('handle.name')}
          hint={t(isSeenByNobody ? 'handle.nameHintOnlyYou' : 'handle.nameHint')}
          value={draft.name}
          maxLength={MAX_NAME_CHARACTERS}
          onChange={(name) => onChange({ ...draft, name })}
        />
      </details>
    </div>
  );
}

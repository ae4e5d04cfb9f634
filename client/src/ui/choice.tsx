import type { ReactNode, Ref } from 'react';

interface ChoiceProps {
  label: ReactNode;
  /** What choosing it means, in smaller letters. */
  about?: string;
  /** A card is easier to hit; a row takes less of a small screen. */
  look?: 'row' | 'card';
  isChecked: boolean;
  isDisabled?: boolean;
  isInvalid?: boolean;
  /** The id of the line that says what is wrong. */
  describedBy?: string | undefined;
  className?: string;
}

export interface CheckboxProps extends ChoiceProps {
  onChange: (isChecked: boolean) => void;
}

export interface RadioProps extends ChoiceProps {
  /** The same for all of one question, and for no other on the page. */
  group: string;
  onChoose: () => void;
  ref?: Ref<HTMLInputElement> | undefined;
}

/** Any of several. */
export function Checkbox({ onChange, ...choice }: CheckboxProps) {
  return (
    <Choice {...choice}>
      {(control) => (
        <input {...control} type="checkbox" onChange={({ target }) => onChange(target.checked)} />
      )}
    </Choice>
  );
}

/** One of several. */
export function Radio({ group, onChoose, ref, ...choice }: RadioProps) {
  return (
    <Choice {...choice}>
      {(control) => <input {...control} ref={ref} type="radio" name={group} onChange={onChoose} />}
    </Choice>
  );
}

/** Nothing here is ever ticked by the browser's memory: what the person before chose on this phone is theirs. */
function Choice({
  label,
  about,
  look = 'row',
  isChecked,
  isDisabled = false,
  isInvalid = false,
  describedBy,
  className,
  children,
}: ChoiceProps & {
  children: (control: {
    checked: boolean;
    disabled: boolean;
    autoComplete: 'off';
    'aria-invalid': true | undefined;
    'aria-describedby': string | undefined;
  }) => ReactNode;
}) {
  return (
    <label className={[look === 'card' ? 'choice-card' : 'choice', className].filter(Boolean).join(' ')}>
      {children({
        checked: isChecked,
        disabled: isDisabled,
        autoComplete: 'off',
        'aria-invalid': isInvalid || undefined,
        'aria-describedby': describedBy,
      })}
      {about === undefined ? (
        <span>{label}</span>
      ) : (
        <span>
          <strong>{label}</strong>
          <br />
          <span className="soft small">{about}</span>
        </span>
      )}
    </label>
  );
}

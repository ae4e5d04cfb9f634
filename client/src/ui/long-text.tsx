import type { ReactNode, Ref } from 'react';
import { Field, untold } from './field.tsx';

interface LongTextProps {
  label: string;
  hint?: ReactNode;
  error?: string | null;
  value: string;
  /** Absent where a longer text is kept and its writer told, instead of being cut off. */
  maxLength?: number;
  rows?: number;
  isReadOnly?: boolean;
  onChange: (value: string) => void;
  ref?: Ref<HTMLTextAreaElement>;
}

/** A few sentences. */
export function LongText({
  label,
  hint,
  error,
  value,
  maxLength,
  rows = 3,
  isReadOnly = false,
  onChange,
  ref,
}: LongTextProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <textarea
          {...control}
          {...untold}
          ref={ref}
          className="input"
          rows={rows}
          value={value}
          maxLength={maxLength}
          readOnly={isReadOnly}
          onChange={(event) => onChange(event.target.value)}
        />
      )}
    </Field>
  );
}

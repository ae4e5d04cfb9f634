import type { ReactNode } from 'react';
import { Field } from '../../ui/field.tsx';

interface LongTextProps {
  label: string;
  hint?: ReactNode;
  error?: string | null;
  value: string;
  maxLength: number;
  onChange: (value: string) => void;
}

/** A few sentences. Nothing that is typed here is offered to the browser's memory or to a spelling service. */
export function LongText({ label, hint, error, value, maxLength, onChange }: LongTextProps) {
  return (
    <Field label={label} hint={hint} error={error}>
      {(control) => (
        <textarea
          {...control}
          className="input"
          rows={3}
          value={value}
          maxLength={maxLength}
          onChange={(event) => onChange(event.target.value)}
          autoComplete="off"
          autoCorrect="off"
          autoCapitalize="off"
          spellCheck={false}
          dir="auto"
        />
      )}
    </Field>
  );
}

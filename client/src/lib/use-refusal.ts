import { useCallback, useEffect, useRef, useState, type RefObject } from 'react';

export interface Refusal<Form extends HTMLElement> {
  /** For the form, or whatever else holds all that may be wrong. */
  form: RefObject<Form | null>;
  /** Whether it was sent at least once and could not be taken: time to say what is missing. */
  isTried: boolean;
  /** Leads the person to the first thing that is wrong. */
  refuse: () => void;
}

/** A form that could not be taken: what has to change is often above what is on screen. */
export function useRefusal<Form extends HTMLElement = HTMLFormElement>(): Refusal<Form> {
  const form = useRef<Form>(null);
  const [tries, setTries] = useState(0);
  useEffect(() => {
    // Only now do the controls say that they are invalid.
    if (tries > 0 && form.current) focusFirstInvalid(form.current);
  }, [tries]);
  const refuse = useCallback(() => setTries((before) => before + 1), []);
  return { form, isTried: tries > 0, refuse };
}

function focusFirstInvalid(form: HTMLElement): void {
  const invalid = form.querySelector<HTMLElement>('[aria-invalid="true"]');
  if (invalid === null) return;
  const control = invalid.matches('input, textarea, select')
    ? invalid
    : invalid.querySelector<HTMLElement>('input, textarea, select');
  control?.focus({ preventScroll: true });
  // With its label and with what is wrong, and not the control alone.
  (invalid.closest<HTMLElement>('fieldset, .field') ?? invalid).scrollIntoView({ block: 'start' });
}

import type { ButtonHTMLAttributes, Ref } from 'react';
import { Spinner } from './spinner.tsx';

export type ButtonLook = 'primary' | 'plain' | 'quiet';

export interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: ButtonLook;
  isLarge?: boolean;
  /** Shows that it is working. It stays focusable, so that a screen reader does not lose its place. */
  isBusy?: boolean;
  ref?: Ref<HTMLButtonElement>;
}

export const buttonClass = (look: ButtonLook = 'plain', isLarge = false) =>
  ['button', look === 'plain' ? '' : `is-${look}`, isLarge ? 'is-large' : ''].filter(Boolean).join(' ');

export function Button({
  look,
  isLarge,
  isBusy = false,
  className,
  children,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      type="button"
      {...rest}
      className={[buttonClass(look, isLarge), className].filter(Boolean).join(' ')}
      aria-disabled={isBusy || rest['aria-disabled'] || undefined}
      aria-busy={isBusy || undefined}
      onClick={(event) => {
        if (isBusy) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {isBusy && <Spinner />}
      {children}
    </button>
  );
}

import type { ReactNode, Ref } from 'react';

export interface FormProps {
  className?: string;
  onSubmit: () => void;
  ref?: Ref<HTMLFormElement>;
  children: ReactNode;
}

/**
 * Questions that are answered together. It never leaves the page, offers nothing to the browser's memory, and says
 * what is missing itself: the browser's own bubbles speak the browser's language, and go away after a moment.
 */
export function Form({ className = 'stack', onSubmit, ref, children }: FormProps) {
  return (
    <form
      ref={ref}
      className={className}
      noValidate
      autoComplete="off"
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
    </form>
  );
}

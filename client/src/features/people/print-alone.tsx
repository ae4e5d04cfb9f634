import { useEffect, type ReactNode } from 'react';
import { createPortal } from 'react-dom';

/** While it is there, paper shows this and nothing else of the page; the screen does not show it. */
export function PrintAlone({ children }: { children: ReactNode }) {
  useEffect(() => {
    document.body.classList.add('prints-alone');
    return () => document.body.classList.remove('prints-alone');
  }, []);
  return createPortal(
    <div className="print-alone" aria-hidden="true">
      {children}
    </div>,
    document.body,
  );
}

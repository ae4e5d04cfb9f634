/**
 * For a control that goes away with what it does: call it when the control is pressed, and its result when that is
 * done. The page takes the focus then, so that a keyboard and a screen reader go on from there, unless the person has
 * gone on already.
 */
export function keepFocus(): () => void {
  const pressed = document.activeElement;
  return () => {
    const now = document.activeElement;
    if (now === pressed || now === document.body) focusMain();
  };
}

export const focusMain = (): void => document.getElementById('main')?.focus({ preventScroll: true });

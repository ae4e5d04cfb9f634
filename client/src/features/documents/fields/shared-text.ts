import type { textField } from '@longtable/shared/documents/model/keys';
import { diffText, moveIndex, type DeltaStep } from '../../../lib/text-diff.ts';

export type SharedText = ReturnType<typeof textField>;

/**
 * Keeps a textarea and a shared text alike. Typing becomes the smallest splice; what others write
 * arrives around the caret. While an input method composes, its text is nobody's yet: others' words
 * wait, and are put in with the composed ones when it is done. Returns the undoing of it all.
 */
export function bindText(element: HTMLTextAreaElement, text: SharedText, onShown: () => void): () => void {
  const mine = Symbol('typed here');
  let shown = text.toString();
  let isComposing = false;
  let waiting: DeltaStep[][] = [];

  const show = (start: number, end: number) => {
    const direction = element.selectionDirection;
    const isFocused = document.activeElement === element;
    shown = text.toString();
    if (element.value !== shown) element.value = shown;
    if (isFocused) element.setSelectionRange(start, end, direction);
    onShown();
  };

  const read = () => {
    const splice = diffText(shown, element.value, element.selectionStart);
    const move = (index: number) => waiting.reduce((at, delta) => moveIndex(at, delta), index);
    const insertAt = splice ? move(splice.index) : 0;
    // Somebody else wrote into the words that were replaced here: theirs stay.
    const canRemove = splice !== null && move(splice.index + splice.remove) - insertAt === splice.remove;
    const own = splice === null ? 0 : splice.insert.length - (canRemove ? splice.remove : 0);
    if (splice !== null) {
      text.doc?.transact(() => {
        if (canRemove && splice.remove > 0) text.delete(insertAt, splice.remove);
        if (splice.insert !== '') text.insert(insertAt, splice.insert);
      }, mine);
    }
    if (waiting.length > 0) {
      const caret = splice === null ? move(element.selectionStart) : insertAt + Math.max(0, own);
      waiting = [];
      show(caret, caret);
    } else {
      shown = element.value;
      onShown();
    }
  };

  const onInput = (event: Event) => {
    if (!isComposing && !(event as InputEvent).isComposing) read();
    else onShown();
  };
  const onStart = () => {
    isComposing = true;
  };
  const onEnd = () => {
    isComposing = false;
    read();
  };
  const onRemote = (event: { delta: DeltaStep[] }, transaction: { origin: unknown }) => {
    if (transaction.origin === mine) return;
    if (isComposing) waiting.push(event.delta);
    else show(moveIndex(element.selectionStart, event.delta), moveIndex(element.selectionEnd, event.delta));
  };

  show(0, 0);
  element.addEventListener('input', onInput);
  element.addEventListener('compositionstart', onStart);
  element.addEventListener('compositionend', onEnd);
  text.observe(onRemote);
  return () => {
    // A composition that nobody finished is still somebody's words.
    if (element.value !== shown) read();
    element.removeEventListener('input', onInput);
    element.removeEventListener('compositionstart', onStart);
    element.removeEventListener('compositionend', onEnd);
    text.unobserve(onRemote);
  };
}

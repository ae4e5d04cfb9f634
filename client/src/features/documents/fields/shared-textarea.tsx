import { MAX_PASTE_CHARACTERS } from '@longtable/shared/limits';
import { useEffect, useRef } from 'react';
import { useText } from '../../../lib/use-text.ts';
import { useToast } from '../../../ui/toasts.tsx';
import { bindText, type SharedText } from './shared-text.ts';

export interface SharedTextareaProps {
  text: SharedText;
  id: string;
  describedBy?: string | undefined;
  isReadOnly: boolean;
  rows?: number;
}

/** A plain text that several people write in at once. */
export function SharedTextarea({ text, id, describedBy, isReadOnly, rows = 1 }: SharedTextareaProps) {
  const t = useText();
  const toast = useToast();
  const ref = useRef<HTMLTextAreaElement>(null);

  useEffect(() => {
    const element = ref.current;
    if (element === null) return;
    const grow = () => {
      element.style.height = 'auto';
      element.style.height = `${element.scrollHeight + element.offsetHeight - element.clientHeight}px`;
    };
    return bindText(element, text, grow);
  }, [text]);

  return (
    <textarea
      ref={ref}
      id={id}
      className="input shared-text"
      rows={rows}
      dir="auto"
      readOnly={isReadOnly}
      aria-describedby={describedBy}
      autoComplete="off"
      autoCorrect="off"
      spellCheck={false}
      translate="no"
      data-gramm="false"
      onPaste={(event) => {
        if (event.clipboardData.getData('text/plain').length <= MAX_PASTE_CHARACTERS) return;
        event.preventDefault();
        toast(t('editor.pasteTooLong', { limit: MAX_PASTE_CHARACTERS }));
      }}
    />
  );
}

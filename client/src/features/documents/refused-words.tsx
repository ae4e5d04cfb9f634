import type { RoomView } from '../../rooms/types.ts';
import { useId, useState } from 'react';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';

export interface RefusedWordsProps {
  refused: NonNullable<RoomView['refused']>;
  onDismiss: () => void;
}

/** A person's own words, handed back: they stay on screen until the person says that they have them. */
export function RefusedWords({ refused, onDismiss }: RefusedWordsProps) {
  const t = useText();
  const id = useId();
  const [isCopied, setCopied] = useState(false);
  return (
    <Notice tone="stop" isUrgent>
      <p>
        <strong>{t('refused.title')}</strong> {t(`error.${refused.code}`)}
      </p>
      {refused.text !== '' && (
        <>
          <label htmlFor={id}>{t('refused.yours')}</label>
          <textarea
            className="input"
            id={id}
            readOnly
            rows={4}
            dir="auto"
            value={refused.text}
            onFocus={(event) => event.target.select()}
          />
        </>
      )}
      <div className="button-row">
        {refused.text !== '' && (
          <Button
            onClick={() => {
              void navigator.clipboard?.writeText(refused.text).then(() => setCopied(true));
            }}
          >
            {isCopied ? t('code.copied') : t('refused.copy')}
          </Button>
        )}
        <Button onClick={onDismiss}>{t('refused.dismiss')}</Button>
      </div>
    </Notice>
  );
}

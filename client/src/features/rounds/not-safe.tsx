import type { Support } from '@longtable/shared/protocol/http/heard';
import type { ReactNode } from 'react';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';

export interface NotSafeProps {
  support: Support | null;
  /** The chosen seat as its circle sees it; null where somebody outside is chosen, or nobody. */
  person: ReactNode;
  onChoose: () => void;
}

/** What becomes of "not safe", and nothing more than what is true: nobody outside is told by a page. */
export function NotSafe({ support, person, onChoose }: NotSafeProps) {
  const t = useText();
  return (
    <div className="not-safe">
      <p>{t('notSafe.fine')}</p>
      {support === null ? (
        <p>{t('notSafe.nobody')}</p>
      ) : (
        <>
          <p>{t(support.kind === 'seat' ? 'notSafe.seat' : 'notSafe.outside')}</p>
          {support.kind === 'seat' ? (
            <p>{person}</p>
          ) : (
            <p className="support-text" dir="auto">
              {support.text}
            </p>
          )}
        </>
      )}
      <div className="button-row">
        <Button look={support === null ? 'primary' : 'quiet'} onClick={onChoose}>
          {t(support === null ? 'notSafe.choose' : 'notSafe.chooseOther')}
        </Button>
      </div>
    </div>
  );
}

import type { Action } from '../../lib/use-action.ts';
import { useText } from '../../lib/use-text.ts';
import { Button } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';

export interface QuotesLeftProps {
  /** Quotes that can be taken out now. */
  open: number;
  /** Quotes that stand before the circles, and cannot be changed now. */
  fixed: number;
  takingOut: Action<[]>;
}

/** Words that the circle took back, and that still stand in joint text. */
export function QuotesLeft({ open, fixed, takingOut }: QuotesLeftProps) {
  const t = useText();
  if (open + fixed === 0) return null;
  return (
    <Notice tone="warn">
      <p>{t('takeBack.left', { count: open + fixed })}</p>
      {fixed > 0 && <p>{t('takeBack.fixed', { count: fixed })}</p>}
      {open > 0 && (
        <Button isBusy={takingOut.isBusy} onClick={() => void takingOut.run()}>
          {t('takeBack.takeOut')}
        </Button>
      )}
      {takingOut.error && <p role="alert">{t(`error.${takingOut.error}`)}</p>}
    </Notice>
  );
}

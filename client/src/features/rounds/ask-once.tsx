import { useCallback, useState, type ReactNode } from 'react';
import { useAction } from '../../lib/use-action.ts';
import { useText } from '../../lib/use-text.ts';
import { Button, type ButtonLook } from '../../ui/button.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { Notice } from '../../ui/notice.tsx';

export interface AskOnceProps {
  /** On the button that asks, and on the one that does it, where that has no words of its own. */
  label: string;
  look?: ButtonLook;
  title: string;
  /** What will happen, before it does. */
  children: ReactNode;
  doLabel?: string;
  onDo: () => Promise<void>;
}

/** A button that says what it will do, and does it when one says so again. */
export function AskOnce({ label, look = 'plain', title, children, doLabel = label, onDo }: AskOnceProps) {
  const t = useText();
  const [isOpen, setOpen] = useState(false);
  const action = useAction(
    useCallback(async () => {
      await onDo();
      setOpen(false);
    }, [onDo]),
  );
  const close = () => {
    action.clearError();
    setOpen(false);
  };
  return (
    <>
      <Button look={look} onClick={() => setOpen(true)}>
        {label}
      </Button>
      <Dialog isOpen={isOpen} onClose={close} title={title} closeLabel={t('close')}>
        {children}
        {action.error && (
          <Notice tone="stop" isUrgent>
            {t(`error.${action.error}`)}
          </Notice>
        )}
        <div className="button-row">
          <Button look="primary" isBusy={action.isBusy} onClick={() => void action.run()}>
            {doLabel}
          </Button>
          <Button onClick={close}>{t('cancel')}</Button>
        </div>
      </Dialog>
    </>
  );
}

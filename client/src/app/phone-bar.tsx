import { useCallback, useState } from 'react';
import { passPhone } from '../features/people/phone-api.ts';
import { RequestError } from '../lib/http.ts';
import { useAction } from '../lib/use-action.ts';
import { useText } from '../lib/use-text.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { Notice } from '../ui/notice.tsx';
import { forgetPerson } from './forget-person.ts';
import { hasUnsentWordsAnywhere } from './unsent-words.ts';
import { useSession } from './session.tsx';

/** On every page of a shared phone: the way to hand it on. The server locks the seat before the page forgets it. */
export function PhoneBar() {
  const t = useText();
  const { me } = useSession();
  const [isAsking, setAsking] = useState(false);
  const pass = useAction(
    useCallback(async () => {
      try {
        await passPhone();
      } catch (error) {
        // Another tab was quicker, or the session is over: what is on screen must go all the same.
        const isOver = error instanceof RequestError && ['notNow', 'signedOut'].includes(error.code);
        if (!isOver) throw error;
      }
      forgetPerson();
    }, []),
  );
  const { run } = pass;
  const press = useAction(
    useCallback(async () => {
      if (await hasUnsentWordsAnywhere()) setAsking(true);
      else await run();
    }, [run]),
  );
  if (me.phone !== 'shared') return null;

  const problem = pass.error && t(pass.error === 'offline' ? 'phone.passOffline' : `error.${pass.error}`);
  return (
    <div className="phone-bar">
      <div className="phone-bar-line">
        <span className="soft small">{t('phone.bar')}</span>
        <Button isBusy={press.isBusy || pass.isBusy} onClick={() => void press.run()}>
          {t('phone.pass')}
        </Button>
      </div>
      {problem && (
        <Notice tone="stop" isUrgent>
          {problem}
        </Notice>
      )}
      <Dialog
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        title={t('phone.unsentTitle')}
        closeLabel={t('close')}
      >
        <p>{t('phone.unsent')}</p>
        <div className="button-row">
          <Button look="primary" onClick={() => setAsking(false)}>
            {t('phone.stay')}
          </Button>
          <Button
            isBusy={pass.isBusy}
            onClick={() => {
              setAsking(false);
              void pass.run();
            }}
          >
            {t('phone.passAnyway')}
          </Button>
        </div>
      </Dialog>
    </div>
  );
}

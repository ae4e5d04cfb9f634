import { useSyncExternalStore } from 'react';
import { Link } from 'react-router';
import { useText } from '../../lib/use-text.ts';
import { buttonClass } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { addresses } from '../addresses.ts';
import { hasUnsentWords, subscribeUnsent } from '../unsent-words.ts';
import { MessagePage } from './message-page.tsx';

/** "Does not exist" and "not yours" read the same: the difference would tell who sits where. */
export function NotFoundPage() {
  const t = useText();
  return (
    <MessagePage
      title={t('notFound.title')}
      about={t('notFound.about')}
      to={addresses.first()}
      toLabel={t('toFirst')}
    />
  );
}

export function SignedOutPage() {
  const t = useText();
  const isUnsent = useSyncExternalStore(subscribeUnsent, hasUnsentWords);
  return (
    <MessagePage
      title={t('signedOut.title')}
      about={t('signedOut.about')}
      to={addresses.join()}
      toLabel={t('first.join')}
      notice={isUnsent && <Notice tone="warn">{t('signedOut.unsent')}</Notice>}
    >
      <Link className={buttonClass()} to={addresses.comeBack()} replace>
        {t('back.have')}
      </Link>
    </MessagePage>
  );
}

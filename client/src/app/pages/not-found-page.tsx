import { useSyncExternalStore } from 'react';
import { Link } from 'react-router';
import { useText } from '../../lib/use-text.ts';
import { buttonClass } from '../../ui/button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { addresses } from '../addresses.ts';
import { hasUnsentWords, subscribeUnsent } from '../unsent-words.ts';
import { MessagePage } from './message-page.tsx';

const useIsUnsent = (): boolean => useSyncExternalStore(subscribeUnsent, hasUnsentWords, hasUnsentWords);

/**
 * "Does not exist" and "not yours" read the same: the difference would tell who sits where. Only somebody who wrote
 * words that wait in this page is told of them.
 */
export function NotFoundPage() {
  const t = useText();
  const isUnsent = useIsUnsent();
  return (
    <MessagePage
      title={t('notFound.title')}
      about={t('notFound.about')}
      to={addresses.first()}
      toLabel={t('toFirst')}
      notice={isUnsent && <Unsent />}
    >
      {isUnsent && <WayBack />}
    </MessagePage>
  );
}

export function SignedOutPage() {
  const t = useText();
  const isUnsent = useIsUnsent();
  return (
    <MessagePage
      title={t('signedOut.title')}
      about={t('signedOut.about')}
      to={addresses.join()}
      toLabel={t('first.join')}
      notice={isUnsent && <Unsent />}
    >
      <WayBack />
    </MessagePage>
  );
}

function Unsent() {
  const t = useText();
  return <Notice tone="warn">{t('signedOut.unsent')}</Notice>;
}

function WayBack() {
  const t = useText();
  return (
    <Link className={buttonClass()} to={addresses.comeBack()} replace>
      {t('back.have')}
    </Link>
  );
}

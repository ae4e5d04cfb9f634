import { Link } from 'react-router';
import { useText } from '../../lib/use-text.ts';
import { buttonClass } from '../../ui/button.tsx';
import { addresses } from '../addresses.ts';

/** "Does not exist" and "not yours" read the same: the difference would tell who sits where. */
export function NotFoundPage() {
  const t = useText();
  return (
    <main className="page" id="main" tabIndex={-1}>
      <h1>{t('notFound.title')}</h1>
      <p>{t('notFound.about')}</p>
      <p>
        <Link className={buttonClass('primary')} to={addresses.first()} replace>
          {t('toFirst')}
        </Link>
      </p>
    </main>
  );
}

export function SignedOutPage() {
  const t = useText();
  return (
    <main className="page" id="main" tabIndex={-1}>
      <h1>{t('signedOut.title')}</h1>
      <p>{t('signedOut.about')}</p>
      <p className="button-row">
        <Link className={buttonClass('primary')} to={addresses.join()} replace>
          {t('first.join')}
        </Link>{' '}
        <Link className={buttonClass()} to={addresses.comeBack()} replace>
          {t('back.have')}
        </Link>
      </p>
    </main>
  );
}

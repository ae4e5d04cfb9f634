import { Link } from 'react-router';
import { useText } from '../../lib/use-text.ts';
import { buttonClass } from '../../ui/button.tsx';
import { addresses } from '../addresses.ts';
import { useSession } from '../session.tsx';

/** Said before the button is needed: what it does and what no web page can do. The site it leads to is never fetched here. */
export function LeavingPage() {
  const t = useText();
  const { me } = useSession();
  return (
    <main className="page" id="main" tabIndex={-1}>
      <h1>{t('leaving.title')}</h1>
      <p className="lead">{t('leaving.about')}</p>
      <section className="stack is-tight">
        <h2>{t('leaving.how')}</h2>
        <ul className="ticked-list">
          <li>{t('leaving.howButton')}</li>
          <li>{t('leaving.howShift')}</li>
        </ul>
      </section>
      <section className="stack is-tight">
        <h2>{t('leaving.does')}</h2>
        <ul className="ticked-list">
          <li>{t('leaving.doesBlank', { site: siteOf(me.exitUrl) })}</li>
          <li>{t('leaving.doesForget')}</li>
          <li>{t('leaving.doesWords')}</li>
          <li>{t('leaving.doesReturn')}</li>
        </ul>
      </section>
      <section className="stack is-tight">
        <h2>{t('leaving.cannot')}</h2>
        <ul className="ticked-list">
          <li>{t('leaving.cannotHistory')}</li>
          <li>{t('leaving.cannotSpy')}</li>
          <li>{t('leaving.cannotFiles')}</li>
          <li>{t('leaving.cannotOffline')}</li>
        </ul>
      </section>
      <section className="stack is-tight">
        <h2>{t('leaving.keyboard')}</h2>
        <p>{t('leaving.keyboardAbout')}</p>
      </section>
      <p>
        <Link className={buttonClass()} to={addresses.first()} replace>
          {t('toFirst')}
        </Link>
      </p>
    </main>
  );
}

/** Written out, never as a link: nothing here may fetch it before somebody leaves. */
function siteOf(address: string): string {
  try {
    return new URL(address).host;
  } catch {
    return address;
  }
}

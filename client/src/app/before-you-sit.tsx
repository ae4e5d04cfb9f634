import { Link } from 'react-router';
import { useText } from '../lib/use-text.ts';
import { addresses } from './addresses.ts';
import { WhoRuns } from './who-runs.tsx';

/** The one plain page: what this is, who sees what, who runs this, how to leave. Read before anything is asked. */
export function BeforeYouSit({ isStarting = false }: { isStarting?: boolean }) {
  const t = useText();
  return (
    <>
      <p>{t('first.about')}</p>
      <section className="stack is-tight" aria-labelledby="who-sees">
        <h2 id="who-sees">{t('before.whoSees')}</h2>
        <ul className="ticked-list">
          <li>{t('before.circle')}</li>
          <li>{t('before.outside')}</li>
          <li>{t('before.together')}</li>
          <li>
            <WhoRuns /> {t('before.host')}
          </li>
          {isStarting && <li>{t('before.starter')}</li>}
        </ul>
      </section>
      <section className="stack is-tight" aria-labelledby="how-leave">
        <h2 id="how-leave">{t('before.leave')}</h2>
        <p>{t('before.leaveHow')}</p>
        <p>{t('before.leaveHonest')}</p>
        <p>
          <Link to={addresses.leaving()} replace>
            {t('before.leaveMore')}
          </Link>
        </p>
      </section>
      <section className="stack is-tight" aria-labelledby="never">
        <h2 id="never">{t('before.never')}</h2>
        <p>{t('before.neverAbout')}</p>
      </section>
    </>
  );
}

import { Link } from 'react-router';
import { Person } from '../../features/people/picture.tsx';
import { useText } from '../../lib/use-text.ts';
import { buttonClass } from '../../ui/button.tsx';
import { addresses } from '../addresses.ts';
import { livingSeats, useSession } from '../session.tsx';
import { WhoRuns } from '../who-runs.tsx';

export function FirstPage() {
  const t = useText();
  const { me } = useSession();
  const seats = livingSeats(me);
  return (
    <main className="page" id="main" tabIndex={-1}>
      <div className="stack is-tight">
        <h1>{t('first.title')}</h1>
        <p className="lead">{t('first.about')}</p>
      </div>

      {seats.length > 0 && (
        <section className="card" aria-labelledby="my-tables">
          <h2 id="my-tables">{t('first.back')}</h2>
          <ul className="plain-list">
            {seats.map((seat) => (
              <li key={seat.seatId}>
                <Link className={`${buttonClass()} seat-link`} to={addresses.seat(seat.seatId)} replace>
                  <Person handle={seat.handle} />
                  <span className="soft small">
                    {t(seat.state === 'waiting' ? 'seat.waiting' : `seat.${seat.role}`)}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </section>
      )}

      <div className="stack">
        <Link className={buttonClass('primary', true)} to={addresses.join()} replace>
          {t('first.join')}
        </Link>
        <Link className={buttonClass()} to={addresses.comeBack()} replace>
          {t('back.have')}
        </Link>
        <Link className={buttonClass()} to={addresses.start()} replace>
          {t('first.start')}
        </Link>
      </div>

      <section className="stack is-tight" aria-labelledby="who-runs">
        <h2 id="who-runs">{t('first.whoRuns')}</h2>
        <p>
          <WhoRuns />
        </p>
        <p>{t('first.hostReads')}</p>
        <p>{t('first.cookie')}</p>
        <p>
          <Link to={addresses.leaving()} replace>
            {t('before.leaveMore')}
          </Link>
        </p>
      </section>
    </main>
  );
}

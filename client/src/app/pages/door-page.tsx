import type { MySeat } from '@longtable/shared/protocol/http/people';
import { useEffect } from 'react';
import { Link } from 'react-router';
import { Person } from '../../features/people/picture.tsx';
import { useText } from '../../lib/use-text.ts';
import type { TableConnection } from '../../rooms/types.ts';
import { buttonClass } from '../../ui/button.tsx';
import { Spinner } from '../../ui/spinner.tsx';
import { addresses } from '../addresses.ts';
import { useSession } from '../session.tsx';

/** The socket tells at once; asking as well covers networks where it cannot get through. */
const ASK_EVERY_MS = 3_000;

export function DoorPage({ seat, connection }: { seat: MySeat; connection: TableConnection }) {
  const t = useText();
  const { reload } = useSession();

  useEffect(() => {
    const timer = setInterval(() => void (document.hidden || reload()), ASK_EVERY_MS);
    const stop = connection.onSeat((seatId) => void (seatId === seat.seatId && reload()));
    return () => {
      clearInterval(timer);
      stop();
    };
  }, [connection, reload, seat.seatId]);

  return (
    <main className="page" id="main" tabIndex={-1}>
      <h1>{t('door.title')}</h1>
      <p className="lead">
        <Person handle={seat.handle} />
      </p>
      <p role="status" className="waiting-line">
        <Spinner /> {t('door.waiting')}
      </p>
      <p className="soft">{t('door.about')}</p>
    </main>
  );
}

export function RefusedPage() {
  const t = useText();
  return (
    <main className="page" id="main" tabIndex={-1}>
      <h1>{t('door.refusedTitle')}</h1>
      <p>{t('door.refused')}</p>
      <p>
        <Link className={buttonClass('primary')} to={addresses.join()} replace>
          {t('first.join')}
        </Link>
      </p>
    </main>
  );
}

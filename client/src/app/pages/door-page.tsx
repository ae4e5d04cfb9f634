import type { MySeat } from '@longtable/shared/protocol/http/people';
import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import { Person } from '../../features/people/picture.tsx';
import { useText } from '../../lib/use-text.ts';
import type { TableConnection } from '../../rooms/types.ts';
import { Spinner } from '../../ui/spinner.tsx';
import { addresses } from '../addresses.ts';
import { useSession } from '../session.tsx';
import { MessagePage } from './message-page.tsx';

/** The socket tells at once; asking as well covers networks where it cannot get through. */
const ASK_EVERY_MS = 3_000;

export function DoorPage({ seat, connection }: { seat: MySeat; connection: TableConnection }) {
  const t = useText();
  const navigate = useNavigate();
  const { reload } = useSession();

  // Whoever is let in finds themselves where the others are.
  useEffect(() => void navigate(addresses.arrival(seat.seatId), { replace: true }), [navigate, seat.seatId]);

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
    <MessagePage
      title={t('door.refusedTitle')}
      about={t('door.refused')}
      to={addresses.join()}
      toLabel={t('first.join')}
    />
  );
}

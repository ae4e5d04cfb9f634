import { SeatId } from '@longtable/shared/ids';
import type { MySeat } from '@longtable/shared/protocol/http/people';
import { lazy, useEffect, useState } from 'react';
import { Outlet, Route, Routes, useLocation, useParams } from 'react-router';
import { useText } from '../../lib/use-text.ts';
import { Loading } from '../../ui/spinner.tsx';
import { addresses } from '../addresses.ts';
import { ConnectionBanner } from '../connection-banner.tsx';
import { DoorBell } from '../door-bell.tsx';
import { SessionUnknown, useSession } from '../session.tsx';
import { openTable, releaseTable, type OpenTable } from '../table-connections.ts';
import { ArrivePage } from './arrive-page.tsx';
import { DoorPage, RefusedPage } from './door-page.tsx';
import { NotFoundPage, SignedOutPage } from './not-found-page.tsx';
import { TablePage } from './table-page.tsx';

const DocumentPage = lazy(() =>
  import('./document-page.tsx').then((page) => ({ default: page.DocumentPage })),
);

const WallPage = lazy(() => import('./wall-page.tsx').then((page) => ({ default: page.WallPage })));

const RoundPage = lazy(() => import('./round-page.tsx').then((page) => ({ default: page.RoundPage })));
const RoundsPage = lazy(() => import('./rounds-page.tsx').then((page) => ({ default: page.RoundsPage })));
const AskPage = lazy(() => import('./ask-page.tsx').then((page) => ({ default: page.AskPage })));
const WordsPage = lazy(() => import('./words-page.tsx').then((page) => ({ default: page.WordsPage })));

/** Everything behind a seat: one socket for as long as the person stays on this seat's pages. */
export function SeatPages() {
  const { me, error, reload } = useSession();
  const id = SeatId.safeParse(useParams()['seatId']);
  const seat = id.success ? me.seats.find((each) => each.seatId === id.data) : undefined;
  // Somebody may have sat down a moment ago, and the answer that says so was lost.
  if (seat === undefined && error !== null) return <SessionUnknown error={error} reload={reload} />;
  if (seat === undefined) return me.seats.length === 0 ? <SignedOutPage /> : <NotFoundPage />;
  if (seat.state === 'refused') return <RefusedPage />;
  return <ConnectedSeat key={`${seat.seatId}-${seat.state}`} seat={seat} />;
}

function ConnectedSeat({ seat }: { seat: MySeat }) {
  const t = useText();
  const { seatId } = seat;
  const { pathname } = useLocation();
  const [table, setTable] = useState<OpenTable | null>(null);

  useEffect(() => {
    setTable(openTable(seatId));
    return () => {
      setTable(null);
      releaseTable(seatId);
    };
  }, [seatId]);

  if (table === null)
    return (
      <main className="page" id="main" tabIndex={-1}>
        <Loading text={t('loading')} />
      </main>
    );
  const { connection, rooms, boxes } = table;
  if (seat.state === 'waiting') return <DoorPage seat={seat} connection={connection} />;
  return (
    <Routes>
      <Route path="n" element={<ArrivePage seat={seat} />} />
      {/* Says in its own words, on the wall, that there is no connection. */}
      <Route path="p" element={<WallPage seat={seat} rooms={rooms} connection={connection} />} />
      <Route
        element={
          <>
            <ConnectionBanner connection={connection} />
            {/* The table's page has the door itself. */}
            {seat.circleId !== null && pathname !== addresses.seat(seatId) && (
              <DoorBell seat={seatId} circleId={seat.circleId} connection={connection} />
            )}
            <Outlet />
          </>
        }
      >
        <Route index element={<TablePage seat={seat} connection={connection} />} />
        <Route
          path="d/:documentId/:section"
          element={<DocumentPage seat={seat} rooms={rooms} boxes={boxes} connection={connection} />}
        />
        <Route
          path="d/:documentId/:section/w"
          element={<WordsPage seat={seat} rooms={rooms} connection={connection} />}
        />
        <Route path="d/:documentId/rounds" element={<RoundsPage seat={seat} connection={connection} />} />
        <Route path="d/:documentId/ask" element={<AskPage seat={seat} connection={connection} />} />
        <Route path="r/:roundId/:section?" element={<RoundPage seat={seat} connection={connection} />} />
        <Route path="*" element={<NotFoundPage />} />
      </Route>
    </Routes>
  );
}

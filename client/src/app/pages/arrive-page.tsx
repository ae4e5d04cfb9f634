import type { MySeat } from '@longtable/shared/protocol/http/people';
import { useCallback } from 'react';
import { Navigate } from 'react-router';
import { fetchTable } from '../../features/partnerships/partnerships-api.ts';
import { roomPlace } from '../../features/workshops/here-view.ts';
import { useLoaded } from '../../lib/use-loaded.ts';
import { useText } from '../../lib/use-text.ts';
import { Loading } from '../../ui/spinner.tsx';
import { addresses } from '../addresses.ts';

/** What a page is told of somebody who has just sat down. */
export interface Arrival {
  hasJustCome: boolean;
  /** And wants no way back now. Stays with the page's place in the history, over a reload. */
  hasPassedWayBack?: boolean;
}

export const arrived: Arrival = { hasJustCome: true };

/** From the door straight to where the others are. Whoever facilitates, or cannot be told where, gets the table. */
export function ArrivePage({ seat: { seatId, partnershipId, circleId } }: { seat: MySeat }) {
  const t = useText();
  const { data: table, error } = useLoaded(
    useCallback(() => fetchTable(seatId, partnershipId), [seatId, partnershipId]),
  );
  const place = table && roomPlace(table, table.here);
  if (circleId === null || error !== null || place === undefined)
    return <Navigate to={addresses.seat(seatId)} state={arrived} replace />;
  if (place === null)
    return (
      <main className="page" id="main" tabIndex={-1}>
        <Loading text={t('loading')} />
      </main>
    );
  return (
    <Navigate
      to={addresses.section(seatId, place.documentId, place.section.number)}
      state={arrived}
      replace
    />
  );
}

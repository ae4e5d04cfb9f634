import type { MySeat } from '@longtable/shared/protocol/http/people';
import type { Table } from '@longtable/shared/protocol/http/partnerships';
import { useCallback, useState } from 'react';
import { Link } from 'react-router';
import { CatchUp } from '../features/workshops/catch-up.tsx';
import { fetchCatchUp, moveHere } from '../features/workshops/here-api.ts';
import { placesToGo, roomPlace, type RoomPlace } from '../features/workshops/here-view.ts';
import { MoveRoom } from '../features/workshops/move-room.tsx';
import { RoomCard } from '../features/workshops/room-card.tsx';
import { useAction } from '../lib/use-action.ts';
import { useText } from '../lib/use-text.ts';
import { buttonClass } from '../ui/button.tsx';
import { useToast } from '../ui/toasts.tsx';
import { addresses } from './addresses.ts';

export interface RoomAtTableProps {
  seat: MySeat;
  table: Table;
  onMoved: () => Promise<void>;
}

/** Where the room is, on the table's page: to go there, to hear what happened, to move it, to show it on a wall. */
export function RoomAtTable({ seat: { seatId, partnershipId, role }, table, onMoved }: RoomAtTableProps) {
  const t = useText();
  const toast = useToast();
  const [isTold, setTold] = useState(false);
  const loadCatchUp = useCallback(() => fetchCatchUp(seatId, partnershipId), [seatId, partnershipId]);
  const moving = useAction(
    useCallback(
      async ({ documentId, section }: RoomPlace) => {
        await moveHere(seatId, partnershipId, { documentId, section: section.key });
        await onMoved();
        toast(t('here.moved'));
      },
      [seatId, partnershipId, onMoved, toast, t],
    ),
  );
  const place = roomPlace(table, table.here);
  if (!place) return null;
  const wall = (
    <Link className={buttonClass('quiet')} to={addresses.wall(seatId)} replace>
      {t('wall.open')}
    </Link>
  );
  return (
    <RoomCard place={place} address={addresses.section(seatId, place.documentId, place.section.number)}>
      <details className="fold" onToggle={(event) => setTold(event.currentTarget.open)}>
        <summary>{t('catchUp.title')}</summary>
        {isTold && <CatchUp load={loadCatchUp} />}
      </details>
      {table.mayMoveHere && (
        <details className="fold">
          <summary>{t('here.move')}</summary>
          <MoveRoom
            key={`${table.here.documentId}/${table.here.section}`}
            places={placesToGo(table)}
            here={place}
            moving={moving}
          />
        </details>
      )}
      <div className="button-row">
        {role === 'facilitator' ? wall : <span className="wide-only">{wall}</span>}
      </div>
    </RoomCard>
  );
}

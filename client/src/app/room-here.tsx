import type { DocumentId } from '@longtable/shared/ids';
import type { MySeat } from '@longtable/shared/protocol/http/people';
import type { Section } from '@longtable/shared/documents/template';
import { useCallback } from 'react';
import { useLocation } from 'react-router';
import { fetchTable } from '../features/partnerships/partnerships-api.ts';
import { fetchCatchUp, moveHere } from '../features/workshops/here-api.ts';
import { isSamePlace, roomPlace } from '../features/workshops/here-view.ts';
import { JustCome } from '../features/workshops/just-come.tsx';
import { RoomLine } from '../features/workshops/room-line.tsx';
import { useAction } from '../lib/use-action.ts';
import { useLoaded } from '../lib/use-loaded.ts';
import { useText } from '../lib/use-text.ts';
import { useStandingNews } from '../rooms/hooks.ts';
import type { TableConnection } from '../rooms/types.ts';
import { Button } from '../ui/button.tsx';
import { Notice } from '../ui/notice.tsx';
import { useToast } from '../ui/toasts.tsx';
import { addresses } from './addresses.ts';
import { OfferWayBack } from './offer-way-back.tsx';
import type { Arrival } from './pages/arrive-page.tsx';

/** The socket tells at once; this is for the rare message that got lost. */
const LOOK_AGAIN_MS = 15_000;

export interface RoomHereProps {
  seat: MySeat;
  connection: TableConnection;
  documentId: DocumentId;
  section: Section;
}

/** On a section's page: where the room is, and for somebody who has just come, what happened so far. */
export function RoomHere({ seat, connection, documentId, section }: RoomHereProps) {
  const { seatId, partnershipId } = seat;
  const t = useText();
  const toast = useToast();
  const { state } = useLocation() as { state: Partial<Arrival> | null };
  const { data: table, reload } = useLoaded(
    useCallback(() => fetchTable(seatId, partnershipId), [seatId, partnershipId]),
    LOOK_AGAIN_MS,
  );
  useStandingNews(connection, reload);
  const loadCatchUp = useCallback(() => fetchCatchUp(seatId, partnershipId), [seatId, partnershipId]);
  const move = useAction(
    useCallback(async () => {
      await moveHere(seatId, partnershipId, { documentId, section: section.key });
      await reload();
      toast(t('here.moved'));
    }, [seatId, partnershipId, documentId, section.key, reload, toast, t]),
  );

  const place = table && roomPlace(table, table.here);
  if (!place) return null;
  const isHere = isSamePlace(table.here, { documentId, section: section.key });
  return (
    <>
      <RoomLine
        elsewhere={isHere ? null : place}
        isSameDocument={place.documentId === documentId}
        address={addresses.section(seatId, place.documentId, place.section.number)}
      >
        {!isHere && table.mayMoveHere && (
          <Button isBusy={move.isBusy} onClick={() => void move.run()}>
            {t('here.moveDo')}
          </Button>
        )}
      </RoomLine>
      {move.error && (
        <Notice tone="stop" isUrgent>
          {t(`error.${move.error}`)}
        </Notice>
      )}
      {state?.hasJustCome && <JustCome load={loadCatchUp} />}
      <OfferWayBack seat={seat} />
    </>
  );
}

import { documentTitleId, sectionPromptId, sectionTitleId } from '@longtable/shared/documents/texts';
import type { RoomId } from '@longtable/shared/ids';
import type { DocumentOutline } from '@longtable/shared/protocol/http/documents';
import type { Table } from '@longtable/shared/protocol/http/partnerships';
import type { MySeat } from '@longtable/shared/protocol/http/people';
import { useCallback, useEffect, useRef } from 'react';
import { fetchOutline } from '../../features/documents/documents-api.ts';
import { LiveSection } from '../../features/documents/live-section.tsx';
import type { RoomsInUse } from '../../features/documents/rooms-in-use.ts';
import { fetchTable } from '../../features/partnerships/partnerships-api.ts';
import { LiftedRows } from '../../features/rounds/lifted-rows.tsx';
import { PinnedWords } from '../../features/rounds/pinned-words.tsx';
import { LOOK_AGAIN_MS } from '../../features/rounds/use-standing.ts';
import { roomPlace, type RoomPlace } from '../../features/workshops/here-view.ts';
import { WallFrame } from '../../features/workshops/wall-frame.tsx';
import { RequestError } from '../../lib/http.ts';
import { useLoaded } from '../../lib/use-loaded.ts';
import { useText } from '../../lib/use-text.ts';
import { useConnection, useStandingNews } from '../../rooms/hooks.ts';
import type { TableConnection } from '../../rooms/types.ts';
import { Notice } from '../../ui/notice.tsx';
import { Loading } from '../../ui/spinner.tsx';
import { addresses } from '../addresses.ts';
import { useQuoteLabels } from '../use-quote-labels.ts';
import { WallRound } from '../wall-round.tsx';
import { SignedOutPage } from './not-found-page.tsx';

export interface WallPageProps {
  seat: MySeat;
  rooms: RoomsInUse;
  connection: TableConnection;
}

interface OnTheWall {
  table: Table;
  outline: DocumentOutline;
  place: RoomPlace;
}

/**
 * The joint words of the section where the room is, in large letters, following the room by itself. Whatever seat
 * it is opened from, it shows what everyone at the table may read: it opens no circle's room and no editor.
 */
export function WallPage({ seat, rooms, connection }: WallPageProps) {
  const t = useText();
  const { seatId, partnershipId } = seat;
  const { state } = useConnection(connection);
  const { data, error, reload } = useLoaded(
    useCallback(async (): Promise<OnTheWall> => {
      const table = await fetchTable(seatId, partnershipId);
      const place = roomPlace(table, table.here);
      if (!place) throw new RequestError('oldClient');
      return { table, place, outline: await fetchOutline(seatId, place.documentId) };
    }, [seatId, partnershipId]),
    LOOK_AGAIN_MS,
  );
  useStandingNews(connection, reload);
  const shown = data && `${data.place.documentId}/${data.place.section.key}`;
  useStartAtTop(shown);

  if (error === 'signedOut' || state === 'signedOut') return <SignedOutPage />;
  const back = addresses.seat(seatId);
  if (data === null)
    return (
      <WallFrame back={back}>
        {error ? <Notice tone="warn">{t(`error.${error}`)}</Notice> : <Loading text={t('loading')} />}
      </WallFrame>
    );
  const { table, outline, place } = data;
  const { kind, section } = place;
  const together = outline.sections.find(({ key }) => key === section.key)?.rooms.partnership;
  return (
    <WallFrame back={back}>
      <header className="wall-head">
        <p className="soft">{t(documentTitleId(kind))}</p>
        <h1>
          {t('here.section', { number: section.number, section: t(sectionTitleId(kind, section.key)) })}
        </h1>
        <p className="wall-prompt">{t(sectionPromptId(kind, section.key))}</p>
      </header>
      {(state === 'offline' || error !== null) && <Notice tone="warn">{t('wall.offline')}</Notice>}
      <WallRound key={shown} seat={seat} table={table} place={place} connection={connection} />
      {together && (
        <WallWords
          key={together}
          seat={seat}
          rooms={rooms}
          connection={connection}
          table={table}
          place={place}
          together={together}
        />
      )}
    </WallFrame>
  );
}

interface WallWordsProps extends WallPageProps {
  table: Table;
  place: RoomPlace;
  together: RoomId;
}

function WallWords({ seat, rooms, connection, table, place, together }: WallWordsProps) {
  const t = useText();
  const { kind, section, documentId } = place;
  const labelOf = useQuoteLabels({
    seat: seat.seatId,
    table,
    documentId,
    section: section.key,
    connection,
  });
  return (
    <LiveSection
      rooms={rooms}
      together={together}
      section={section}
      show={(content, lifted) => (
        <>
          <PinnedWords kind={kind} section={section} content={content} labelOf={labelOf} />
          <LiftedRows kind={kind} section={section} lifted={lifted} about={t('round.liftedOpen')} />
        </>
      )}
    />
  );
}

/** When the room goes on, its words are read from their beginning. */
function useStartAtTop(shown: string | null): void {
  const before = useRef(shown);
  useEffect(() => {
    if (before.current !== null && before.current !== shown) window.scrollTo(0, 0);
    before.current = shown;
  }, [shown]);
}

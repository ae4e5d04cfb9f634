import type { CircleId, DocumentId, RoundId, SeatId } from '@longtable/shared/ids';
import type { Table } from '@longtable/shared/protocol/http/partnerships';
import type { MySeat } from '@longtable/shared/protocol/http/people';
import { useCallback, useEffect, useState } from 'react';
import { circleName } from '../features/circles/circle-name.ts';
import { isWritingNote, RoundNotes } from '../features/rounds/round-notes.tsx';
import { useText } from '../lib/use-text.ts';
import type { TableConnection } from '../rooms/types.ts';

/** In which round each section was last seen, for as long as this page is loaded. */
const lastRounds = new Map<string, RoundId>();

/** The round that is over, where somebody has written a note for it and not put it. */
function unfinished(seat: SeatId, place: string, section: string): RoundId | null {
  const roundId = lastRounds.get(place);
  return roundId !== undefined && isWritingNote({ seat, roundId, section }) ? roundId : null;
}

export interface NotesHereProps {
  seat: MySeat;
  table: Table;
  connection: TableConnection;
  /** The round that the section is in; null while it is in none. */
  roundId: RoundId | null;
  documentId: DocumentId;
  section: string;
}

/** The notes of one section of a round, with circles by the names that they chose for outside. */
export function NotesHere({ seat, table, connection, roundId, documentId, section }: NotesHereProps) {
  const t = useText();
  // A round may end while somebody is still writing, or has turned the page: their words stay where they were typed.
  const place = `${seat.seatId}/${documentId}/${section}`;
  const [last, setLast] = useState(() => roundId ?? unfinished(seat.seatId, place, section));
  if (roundId !== null && roundId !== last) setLast(roundId);
  useEffect(() => {
    if (last !== null) lastRounds.set(place, last);
  }, [place, last]);
  const nameOf = useCallback(
    (id: CircleId) => {
      const circle = table.circles.find((each) => each.id === id);
      return circle ? circleName(t, circle) : t('notes.nobodys');
    },
    [t, table],
  );
  if (last === null) return null;
  return (
    <RoundNotes
      seat={seat.seatId}
      roundId={last}
      section={section}
      connection={connection}
      ownCircle={seat.circleId}
      circleName={nameOf}
    />
  );
}

import type { CircleId, RoundId } from '@longtable/shared/ids';
import type { Table } from '@longtable/shared/protocol/http/partnerships';
import type { MySeat } from '@longtable/shared/protocol/http/people';
import { useCallback, useState } from 'react';
import { circleName } from '../features/circles/circle-name.ts';
import { RoundNotes } from '../features/rounds/round-notes.tsx';
import { useText } from '../lib/use-text.ts';
import type { TableConnection } from '../rooms/types.ts';

export interface NotesHereProps {
  seat: MySeat;
  table: Table;
  connection: TableConnection;
  /** The round that the section is in; null while it is in none. */
  roundId: RoundId | null;
  section: string;
}

/** The notes of one section of a round, with circles by the names that they chose for outside. */
export function NotesHere({ seat, table, connection, roundId, section }: NotesHereProps) {
  const t = useText();
  // A round may end while somebody is still writing: their words stay where they were typed.
  const [last, setLast] = useState(roundId);
  if (roundId !== null && roundId !== last) setLast(roundId);
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

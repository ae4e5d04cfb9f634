import type { CircleId, RoundId } from '@longtable/shared/ids';
import type { Table } from '@longtable/shared/protocol/http/partnerships';
import type { MySeat } from '@longtable/shared/protocol/http/people';
import { useCallback } from 'react';
import { circleName } from '../features/circles/circle-name.ts';
import { RoundNotes } from '../features/rounds/round-notes.tsx';
import { useText } from '../lib/use-text.ts';

export interface NotesHereProps {
  seat: MySeat;
  table: Table;
  roundId: RoundId;
  section: string;
  version: number | null;
}

/** The notes of one section of a round, with circles by the names that they chose for outside. */
export function NotesHere({ seat, table, roundId, section, version }: NotesHereProps) {
  const t = useText();
  const nameOf = useCallback(
    (id: CircleId) => {
      const circle = table.circles.find((each) => each.id === id);
      return circle ? circleName(t, circle) : t('notes.nobodys');
    },
    [t, table],
  );
  return (
    <RoundNotes
      seat={seat.seatId}
      roundId={roundId}
      section={section}
      version={version}
      ownCircle={seat.circleId}
      circleName={nameOf}
    />
  );
}

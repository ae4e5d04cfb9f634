import type { RoundId, SeatId } from '@longtable/shared/ids';
import type { Table } from '@longtable/shared/protocol/http/partnerships';
import type { MySeat } from '@longtable/shared/protocol/http/people';
import { useCallback } from 'react';
import { fetchRound } from '../features/rounds/rounds-api.ts';
import { ShownAnswers } from '../features/rounds/shown-answers.tsx';
import { StandingBadge } from '../features/rounds/standing-badge.tsx';
import { LOOK_AGAIN_MS, sectionStanding, useStanding } from '../features/rounds/use-standing.ts';
import type { RoomPlace } from '../features/workshops/here-view.ts';
import { useLoaded } from '../lib/use-loaded.ts';
import { useNames } from '../lib/use-names.ts';
import { useText } from '../lib/use-text.ts';
import { useStandingNews } from '../rooms/hooks.ts';
import type { TableConnection } from '../rooms/types.ts';
import { useCircleNames } from './use-circle-names.ts';

export interface WallRoundProps {
  seat: MySeat;
  table: Table;
  place: RoomPlace;
  connection: TableConnection;
}

/** Where the section stands, for everyone to read: the step of its round, and answers once they are shown together. */
export function WallRound({ seat, table, place, connection }: WallRoundProps) {
  const standing = useStanding(seat.seatId, seat.partnershipId, connection).data;
  const here = standing && sectionStanding(standing, place.documentId, place.section.key);
  if (!here || here.standing === 'open') return null;
  return (
    <div className="wall-round">
      <StandingBadge section={here} />
      {here.roundId && (
        <Answers
          key={here.roundId}
          seat={seat.seatId}
          round={here.roundId}
          table={table}
          section={place.section.key}
          connection={connection}
        />
      )}
    </div>
  );
}

interface AnswersProps {
  seat: SeatId;
  round: RoundId;
  table: Table;
  section: string;
  connection: TableConnection;
}

/** Of the whole round, what is shown of this section: never what the seat's own circle has said before that. */
function Answers({ seat, round, table, section, connection }: AnswersProps) {
  const t = useText();
  const names = useNames();
  const nameOf = useCircleNames(table);
  const { data, reload } = useLoaded(
    useCallback(() => fetchRound(seat, round), [seat, round]),
    LOOK_AGAIN_MS,
  );
  useStandingNews(connection, reload);
  const shown = data?.sections.find((each) => each.section === section);
  if (!data || !shown) return null;
  return (
    <>
      {!data.isClosed && (
        <p>
          <strong>{t(`round.${data.phase}`)}</strong>{' '}
          <span className="soft">{t(`round.${data.phase}About`)}</span>
        </p>
      )}
      {shown.status === 'waiting' && shown.answers.length === 0 && <p>{t('round.agreedByNone')}</p>}
      {shown.isRevealed && shown.answers.length > 0 && shown.waitingFor.length > 0 && (
        <p>{t('round.waitingFor', { circles: names(shown.waitingFor.map(nameOf)) })}</p>
      )}
      {shown.isRevealed && <ShownAnswers section={shown} nameOf={nameOf} />}
    </>
  );
}

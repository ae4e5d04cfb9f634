import type { CircleId, SeatId } from '@longtable/shared/ids';
import type { Table } from '@longtable/shared/protocol/http/partnerships';
import type { Handle } from '@longtable/shared/protocol/http/people';
import { useCallback, type ReactNode } from 'react';
import { MyCircle } from '../features/circles/my-circle.tsx';
import { Person } from '../features/people/picture.tsx';
import { fetchCircleHeard } from '../features/rounds/heard-api.ts';
import { noticedSections, type SectionPlace, waitingSections } from '../features/rounds/heard-view.ts';
import { RuleChoice } from '../features/rounds/rule-choice.tsx';
import { SupportNotice } from '../features/rounds/support-notice.tsx';
import { WaitingList } from '../features/rounds/waiting-list.tsx';
import { useLoaded } from '../lib/use-loaded.ts';
import { useText } from '../lib/use-text.ts';
import type { TableConnection } from '../rooms/types.ts';
import { Notice } from '../ui/notice.tsx';
import { addresses } from './addresses.ts';
import { SupportChoice } from './support-choice.tsx';

const LOOK_AGAIN_MS = 15_000;

export interface InsideCircleProps {
  seat: SeatId;
  circleId: CircleId;
  table: Table;
  connection: TableConnection;
  /** The sections of rounds to which the circle is asked to say something now; null where there are none. */
  answers: ReactNode;
  onChanged: () => Promise<void>;
}

/** One's own circle on the table's page: its door, what waits for it, its people and whom it turns to. */
export function InsideCircle({ seat, circleId, table, connection, answers, onChanged }: InsideCircleProps) {
  const t = useText();
  const {
    data: heard,
    error,
    reload,
  } = useLoaded(
    useCallback(() => fetchCircleHeard(seat, circleId), [seat, circleId]),
    LOOK_AGAIN_MS,
  );
  const showPerson = useCallback((handle: Handle) => <Person handle={handle} />, []);
  const onDoor = useCallback((listener: (id: string) => void) => connection.onDoor(listener), [connection]);
  const addressOf = ({ documentId, section }: SectionPlace) =>
    addresses.section(seat, documentId, section.number);

  return (
    <MyCircle
      seat={seat}
      circleId={circleId}
      takenNames={table.circles.flatMap(({ isMine, name }) => (isMine || name === null ? [] : [name]))}
      showPerson={showPerson}
      onDoor={onDoor}
      onChanged={onChanged}
      waiting={
        heard ? (
          <>
            <SupportNotice sections={noticedSections(table, heard.notices)} addressOf={addressOf} />
            <WaitingList
              answers={answers}
              waiting={waitingSections(table, heard.marks)}
              addressOf={addressOf}
            />
          </>
        ) : (
          error && <Notice tone="warn">{t(`error.${error}`)}</Notice>
        )
      }
      showSupport={(circle) => (
        <>
          {heard && (
            <details className="fold">
              <summary>{t('support.title')}</summary>
              <SupportChoice seat={seat} circle={circle} support={heard.support} onChosen={reload} />
            </details>
          )}
          <details className="fold">
            <summary>{t('rule.title')}</summary>
            <RuleChoice seat={seat} circleId={circleId} />
          </details>
        </>
      )}
    />
  );
}

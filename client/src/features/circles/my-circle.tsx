import type { CircleId, SeatId } from '@longtable/shared/ids';
import type { CircleInside } from '@longtable/shared/protocol/http/circles';
import type { Handle } from '@longtable/shared/protocol/http/people';
import { useCallback, useEffect, type ReactNode } from 'react';
import { useLoaded } from '../../lib/use-loaded.ts';
import { useText } from '../../lib/use-text.ts';
import { Notice } from '../../ui/notice.tsx';
import { Loading } from '../../ui/spinner.tsx';
import { CircleDoor } from './circle-door.tsx';
import { circleName } from './circle-name.ts';
import { CircleSettings } from './circle-settings.tsx';
import { fetchCircle } from './circles-api.ts';
import { InvitePanel } from './invite-panel.tsx';
import './circles.css';

/** The socket tells at once; this is for the rare message that got lost. */
const LOOK_AGAIN_MS = 20_000;

export interface MyCircleProps {
  seat: SeatId;
  circleId: CircleId;
  takenNames: readonly string[];
  showPerson: (handle: Handle) => ReactNode;
  /** Tells when somebody comes to, or leaves, this circle's door. */
  onDoor: (listener: (circleId: string) => void) => () => void;
  /** The circle's name outside may have changed. */
  onChanged: () => Promise<void>;
  /** What the circle is asked for; below the door, because somebody stands there. */
  waiting: ReactNode;
  showSupport: (circle: CircleInside) => ReactNode;
}

/** The inside of one's own circle: who is at the door, who is in, what it is called, how to bring others. */
export function MyCircle({
  seat,
  circleId,
  takenNames,
  showPerson,
  onDoor,
  onChanged,
  waiting,
  showSupport,
}: MyCircleProps) {
  const t = useText();
  const { data, error, reload } = useLoaded(
    useCallback(() => fetchCircle(seat, circleId), [seat, circleId]),
    LOOK_AGAIN_MS,
  );

  useEffect(() => onDoor((changed) => void (changed === circleId && reload())), [onDoor, circleId, reload]);

  const changed = useCallback(async () => {
    await Promise.all([reload(), onChanged()]);
  }, [reload, onChanged]);

  if (data === null)
    return error ? <Notice tone="stop">{t(`error.${error}`)}</Notice> : <Loading text={t('loading')} />;

  const settings = (
    <CircleSettings
      key={`${data.name}-${data.kind}`}
      seat={seat}
      circle={data}
      takenNames={takenNames}
      onChanged={changed}
    />
  );

  return (
    <section className="card my-circle" aria-labelledby="my-circle-title">
      <h2 id="my-circle-title">{t('circle.mine', { name: circleName(t, data) })}</h2>
      <CircleDoor seat={seat} circle={data} showPerson={showPerson} onChanged={changed} />
      {data.name === null && (
        <section className="naming stack" aria-labelledby="naming-title">
          <h3 id="naming-title">{t('naming.title')}</h3>
          <p>{t('naming.about')}</p>
          {settings}
        </section>
      )}
      {waiting}
      <div className="stack is-tight">
        <h3>{t('circle.members', { count: data.members.length })}</h3>
        <p className="soft small">{t('circle.membersHint')}</p>
        <ul className="people-list">
          {data.members.map((member) => (
            <li key={member.seatId}>{showPerson(member.handle)}</li>
          ))}
        </ul>
      </div>
      {data.name !== null && (
        <details className="fold">
          <summary>{t('circle.describe')}</summary>
          {settings}
        </details>
      )}
      {showSupport(data)}
      <details className="fold">
        <summary>{t('invite.title')}</summary>
        <InvitePanel seat={seat} circleId={circleId} />
      </details>
    </section>
  );
}

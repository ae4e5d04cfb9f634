import type { CircleId, SeatId } from '@longtable/shared/ids';
import type { Handle } from '@longtable/shared/protocol/http/people';
import { useCallback, useEffect, useState } from 'react';
import { Link } from 'react-router';
import { CircleDoor } from '../features/circles/circle-door.tsx';
import { fetchCircle } from '../features/circles/circles-api.ts';
import { Person } from '../features/people/picture.tsx';
import { focusMain } from '../lib/keep-focus.ts';
import { useLoaded } from '../lib/use-loaded.ts';
import { useText } from '../lib/use-text.ts';
import type { TableConnection } from '../rooms/types.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { addresses } from './addresses.ts';

/** The socket tells at once; this is for the rare message that got lost. */
const LOOK_AGAIN_MS = 30_000;

const ASKED = { us: 'anew.usTitle', them: 'anew.themSomewhere' } as const;

export interface DoorBellProps {
  seat: SeatId;
  circleId: CircleId;
  connection: TableConnection;
}

/**
 * While people write, somebody stands outside, or asks whether a circle is still there: a line at the foot says so. The
 * door opens without leaving the page; the question is answered on the table's.
 */
export function DoorBell({ seat, circleId, connection }: DoorBellProps) {
  const t = useText();
  const [isLooking, setLooking] = useState(false);
  const { data, reload } = useLoaded(
    useCallback(() => fetchCircle(seat, circleId), [seat, circleId]),
    LOOK_AGAIN_MS,
  );
  useEffect(
    () => connection.onDoor((changed) => void (changed === circleId && reload())),
    [connection, circleId, reload],
  );

  const count = data?.door.length ?? 0;
  const asked = data?.anew;
  const close = useCallback(() => {
    setLooking(false);
    focusMain();
  }, []);
  useEffect(() => {
    // Nobody stands there any more: somebody else inside may have opened.
    if (isLooking && count === 0) close();
  }, [isLooking, count, close]);

  return (
    <>
      <div className={count > 0 || asked ? 'door-bell' : 'sr-only'}>
        <strong role="status">
          {count > 0 && t('door.people', { count })} {asked && t(ASKED[asked])}
        </strong>
        {count > 0 && <Button onClick={() => setLooking(true)}>{t('door.look')}</Button>}
        {asked && (
          <Link className="button" to={addresses.seat(seat)} replace>
            {t('anew.toTable')}
          </Link>
        )}
      </div>
      {data && count > 0 && (
        <Dialog isOpen={isLooking} onClose={close} title={t('door.look')} closeLabel={t('close')}>
          <CircleDoor
            seat={seat}
            circle={data}
            showPerson={(handle: Handle) => <Person handle={handle} />}
            onChanged={reload}
          />
        </Dialog>
      )}
    </>
  );
}

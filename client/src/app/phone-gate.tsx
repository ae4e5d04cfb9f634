import { lazy, useEffect, useRef, type ReactNode } from 'react';
import type { Me } from '@longtable/shared/protocol/http/people';
import { useLocation } from 'react-router';
import { addresses } from './addresses.ts';
import { forgetPerson } from './forget-person.ts';
import { useSession } from './session.tsx';

const LockedPage = lazy(() =>
  import('./pages/locked-page.tsx').then((page) => ({ default: page.LockedPage })),
);

/** Passed on in another tab, which this one was not told of: it still holds what the first person wrote. */
function hasChangedHands(before: Me, now: Me): boolean {
  if (before.phone === 'locked') return false;
  const isSame = now.seats.some(({ seatId }) => before.seats.some((seat) => seat.seatId === seatId));
  if (now.phone === 'shared') return before.seats.length > 0 && now.seats.length > 0 && !isSame;
  return now.phone === 'locked';
}

/** Between two people a shared phone shows its pad and nothing else, except what leaving quickly does. */
export function PhoneGate({ children }: { children: ReactNode }) {
  const { me } = useSession();
  const { pathname } = useLocation();
  const before = useRef(me);

  useEffect(() => {
    const isOther = hasChangedHands(before.current, me);
    before.current = me;
    if (isOther) forgetPerson();
  }, [me]);

  return me.phone === 'locked' && pathname !== addresses.leaving() ? <LockedPage /> : children;
}

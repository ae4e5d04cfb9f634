import type { SeatId } from '@longtable/shared/ids';
import { useCallback, useRef } from 'react';
import type { Try } from './sit-down.ts';
import { useSession } from './session.tsx';

/** Counts as the same try for as long as it is about the same thing. */
export function useTry(): (about: string) => Try {
  const { me } = useSession();
  const first = useRef<{ about: string; seats: ReadonlySet<SeatId> } | null>(null);
  return useCallback(
    (about) => {
      const isAgain = first.current?.about === about;
      if (!isAgain) first.current = { about, seats: new Set(me.seats.map(({ seatId }) => seatId)) };
      return { isAgain, before: first.current!.seats };
    },
    [me],
  );
}

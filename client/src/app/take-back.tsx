import type { CircleId, SeatId, WordsId } from '@longtable/shared/ids';
import type { CircleQuotes } from '@longtable/shared/protocol/http/words';
import { useCallback, useEffect, useRef } from 'react';
import type { RoomsInUse } from '../features/documents/rooms-in-use.ts';
import { QuotesLeft } from '../features/words/quotes-left.tsx';
import { TakeBackDialog, type TakingBack } from '../features/words/take-back-dialog.tsx';
import { fetchQuotes } from '../features/words/words-api.ts';
import { useAction } from '../lib/use-action.ts';
import { useLoaded } from '../lib/use-loaded.ts';
import { leaveAllGaps, takeBackInOrder } from './leave-gaps.ts';

type Quotes = CircleQuotes['rooms'];

/** A round may end, and open what was fixed. */
const LOOK_AGAIN_MS = 20_000;

interface HereProps {
  seat: SeatId;
  circleId: CircleId;
  rooms: RoomsInUse;
}

const count = (quotes: Quotes): number => quotes.reduce((sum, each) => sum + each.count, 0);

interface TakeBackProps extends HereProps {
  wordsId: WordsId;
  takeBack: (keepQuotes: boolean) => Promise<void>;
  onClose: () => void;
  /** Somebody has changed their mind; so many quotes were taken out before that. */
  onGivenUp: (taken: number) => void;
}

export function TakeBack(props: TakeBackProps) {
  const { seat, circleId, rooms, wordsId, takeBack, onClose, onGivenUp } = props;
  const { data, error, reload } = useLoaded(useCallback(() => fetchQuotes(seat, circleId), [seat, circleId]));
  const quotes = data?.rooms.filter((each) => each.wordsId === wordsId) ?? null;
  const givenUp = useRef(new AbortController());
  useEffect(() => {
    if (givenUp.current.signal.aborted) givenUp.current = new AbortController();
    return () => givenUp.current.abort();
  }, []);
  const taking = useAction(async (how: TakingBack) => {
    const taken = await takeBackInOrder({
      leaveGaps: async (signal) => (how === 'leaveGaps' ? leaveAllGaps(rooms, quotes ?? [], signal) : 0),
      givenUp: givenUp.current.signal,
      takeBack: () => takeBack(how === 'keepQuotes'),
    });
    if (taken === null) onClose();
    else onGivenUp(taken);
  });
  return (
    <TakeBackDialog
      isOpen
      onClose={onClose}
      quotes={quotes && count(quotes)}
      fixed={count(quotes?.filter(({ isFixed }) => isFixed) ?? [])}
      isUnknown={data === null && error !== null}
      looking={useAction(reload)}
      taking={taking}
    />
  );
}

/** Words that were taken back while their quotes could not be changed, or while somebody brought them in once more. */
export function QuotesLeftHere({ seat, circleId, rooms }: HereProps) {
  const { data, error, reload } = useLoaded(useCallback(() => fetchQuotes(seat, circleId), [seat, circleId]));
  const left = data?.rooms.filter(({ isTakenBack }) => isTakenBack) ?? [];
  // It costs the server a look through every joint room, and most often nothing was left at all.
  const mayBeLeft = data === null ? error !== null : left.length > 0;
  useEffect(() => {
    if (!mayBeLeft) return;
    const timer = setInterval(() => {
      if (!document.hidden) void reload();
    }, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [mayBeLeft, reload]);
  const takingOut = useAction(async () => {
    await leaveAllGaps(rooms, left);
    await reload();
  });
  const fixed = left.filter(({ isFixed }) => isFixed);
  return <QuotesLeft open={count(left) - count(fixed)} fixed={count(fixed)} takingOut={takingOut} />;
}

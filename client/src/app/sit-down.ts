import type { ErrorCode } from '@longtable/shared/errors';
import type { CircleId, PartnerId, SeatId } from '@longtable/shared/ids';
import type { Join } from '@longtable/shared/protocol/http/circles';
import type { StartedPartnership, StartPartnership } from '@longtable/shared/protocol/http/partnerships';
import type { Handle, MySeat } from '@longtable/shared/protocol/http/people';
import { join, takeFirstSeat } from '../features/circles/circles-api.ts';
import { sitDown as sitAsPartner } from '../features/partners/partners-api.ts';
import { startPartnership } from '../features/partnerships/partnerships-api.ts';
import { fetchMe, openDevice } from '../features/people/people-api.ts';
import { RequestError } from '../lib/http.ts';

/**
 * Every way to a seat, however often that takes. The answer to an earlier try may be lost while the seat is there:
 * so what this device holds is looked at before a second try, and before somebody else is said to have been quicker.
 */

/** What there was before the first try at one thing. */
export interface Try {
  isAgain: boolean;
  before: ReadonlySet<SeatId>;
}

export type TakenSeat = Pick<MySeat, 'seatId' | 'state'>;

interface Way<Taken> {
  ask: () => Promise<Taken>;
  /** What an earlier try has brought, among the seats of this device. */
  find: (seats: readonly MySeat[]) => Taken | null;
  isAgain: boolean;
  /** What the server says of what is gone: this device itself may have it. */
  gone?: ErrorCode;
}

async function take<Taken>({ ask, find, isAgain, gone }: Way<Taken>): Promise<Taken> {
  const look = async () => find((await fetchMe()).seats.filter(({ state }) => state !== 'refused'));
  const earlier = isAgain ? await look() : null;
  if (earlier !== null) return earlier;
  try {
    return await ask();
  } catch (error) {
    const isGone = error instanceof RequestError && error.code === gone;
    const seat = isGone ? await look() : null;
    if (seat !== null) return seat;
    throw error;
  }
}

/** Redeems a code. @throws RequestError; signedOut where the browser has not kept the session that it just got */
export async function sitDown(body: Join, { isAgain, before }: Try): Promise<TakenSeat> {
  await openDevice().catch((error: unknown) => {
    // Whoever has a code gets in all the same: joining makes the session, and only a lost answer would find no seat again.
    if (!(error instanceof RequestError && error.code === 'busy')) throw error;
  });
  return take<TakenSeat>({
    ask: () => join(body),
    find: (seats) => seats.find(({ seatId }) => !before.has(seatId)) ?? null,
    isAgain,
    gone: 'codeUnknown',
  });
}

/** A facilitator's own seat in a circle where nobody sits. @throws RequestError */
export const sitFirst = (seat: SeatId, circle: CircleId, handle: Handle): Promise<Pick<MySeat, 'seatId'>> =>
  take<Pick<MySeat, 'seatId'>>({
    ask: () => takeFirstSeat(seat, circle, handle),
    find: (seats) => seats.find(({ circleId }) => circleId === circle) ?? null,
    isAgain: false,
    gone: 'notFound',
  });

/** The first seat of an organisation's own circle, which it cannot name before it sits there. @throws RequestError */
export const sitInOwnCircle = (
  partner: PartnerId,
  handle: Handle,
  { before }: Try,
): Promise<Pick<MySeat, 'seatId'>> =>
  take<Pick<MySeat, 'seatId'>>({
    ask: () => sitAsPartner(partner, handle),
    find: (seats) => seats.find(({ seatId, role }) => role === 'member' && !before.has(seatId)) ?? null,
    isAgain: false,
    gone: 'notFound',
  });

export interface SetTable extends StartedPartnership {
  /** An earlier try has set it, and so as was asked for then. */
  isEarlier: boolean;
}

/**
 * A table of one's own, and no second one where the first was set unheard.
 * @param onAsk called when the server is asked for this one, and not where an earlier one is found
 * @throws RequestError
 */
export async function setTable(
  body: StartPartnership,
  { isAgain, before }: Try,
  onAsk: () => void = () => undefined,
): Promise<SetTable> {
  await openDevice();
  return take<SetTable>({
    ask: async () => {
      onAsk();
      return { ...(await startPartnership(body)), isEarlier: false };
    },
    find: (seats) => {
      const added = seats.filter(({ seatId }) => !before.has(seatId));
      const own = added.find(({ role }) => role === 'facilitator');
      if (own === undefined) return null;
      const { seatId, partnershipId } = own;
      const inside = added.find((each) => each.role === 'member' && each.partnershipId === partnershipId);
      return { seatId, partnershipId, circleSeatId: inside?.seatId ?? null, isEarlier: true };
    },
    isAgain,
  });
}

import type { PartnershipId, SeatId } from '@longtable/shared/ids';
import type { Db, Deps } from '../../platform/deps.ts';
import * as repository from './leaving.repository.ts';
import type { SessionId } from './people.repository.ts';
import { lockSession } from './phone.repository.ts';
import { findWaysBack } from './returns.repository.ts';

type LeavingDeps = Pick<Deps, 'db' | 'bus'>;

/**
 * Ends the session on every tab of the device, for everyone who shares it. A seat that nobody could come back to has
 * been left; somebody at the door is gone from it. Outside the circle nothing tells of either.
 */
export const endSession = (deps: LeavingDeps, { id }: { id: SessionId }): Promise<void> =>
  endHeld(deps, id, lockSession);

/** `hold` finds nothing where it is not to be ended after all. */
async function endHeld(
  { db, bus }: LeavingDeps,
  id: SessionId,
  hold: (trx: Db, id: SessionId) => Promise<unknown>,
): Promise<void> {
  const { seats, gone } = await db.transaction(async (trx) => {
    // The session first: whoever puts a seat on it waits here, and then finds it ended.
    if (!(await hold(trx, id))) return { seats: [], gone: [] };
    const held = await repository.lockSeatsOfSession(trx, id);
    const ids = held.map((seat) => seat.id);
    const reachable = new Set((await findWaysBack(trx, ids)).map(({ seat_id }) => seat_id));
    await repository.deleteSession(trx, id);
    const lost = held.filter((seat) => !reachable.has(seat.id));
    const atDoor = lost.filter(({ state }) => state !== 'seated');
    await repository.deleteSeats(
      trx,
      atDoor.map((seat) => seat.id),
    );
    await leave(
      trx,
      lost.filter(({ state }) => state === 'seated').map((seat) => seat.id),
    );
    return { seats: ids, gone: atDoor };
  });
  for (const seatId of seats) bus.publish({ kind: 'kick', seatId });
  for (const { state, circle_id } of gone)
    if (state === 'waiting' && circle_id) bus.publish({ kind: 'door', circleId: circle_id });
}

/** Devices ended in one go: half a second's work of the embedded database, between which others have their turn. */
const MOST_ENDED_AT_ONCE = 100;

/**
 * Those with nothing on them go in two statements, for which the embedded database has everybody wait: a tenth of a
 * second. Each new device starts it, so that it keeps up with however many come.
 */
const MOST_EMPTY_DELETED_AT_ONCE = 200;

type ExpiryDeps = LeavingDeps & Pick<Deps, 'clock' | 'logger'>;

/**
 * Devices whose days are over hold their seats until somebody looks; each is ended as if it had left. Whoever happens
 * to come by starts it and waits for none of it: so many at a time, and the rest when the next one comes.
 */
export function createExpiry(deps: ExpiryDeps): () => void {
  let isRunning = false;
  const run = async () => {
    const today = deps.clock.today();
    await deps.db.transaction((trx) =>
      repository.deleteEmptyExpiredSessions(trx, today, MOST_EMPTY_DELETED_AT_ONCE),
    );
    await endEach(deps, await repository.findExpiredSessions(deps.db, today, MOST_ENDED_AT_ONCE), today);
  };
  return () => {
    if (isRunning) return;
    isRunning = true;
    void run()
      .catch((error: unknown) =>
        deps.logger.warn({ err: error }, 'devices whose days are over were not ended'),
      )
      .finally(() => (isRunning = false));
  };
}

/** Those that hold a seat at one table, before it is looked at who is left there. */
export async function endExpiredSessionsAt(deps: ExpiryDeps, partnership: PartnershipId): Promise<void> {
  const today = deps.clock.today();
  await endEach(deps, await repository.findExpiredSessionsAt(deps.db, partnership, today), today);
}

/** One that cannot be ended stands in nobody's way: its seats stay as they are until the next time. */
async function endEach(deps: ExpiryDeps, ids: readonly SessionId[], today: string): Promise<void> {
  for (const id of ids)
    try {
      await endHeld(deps, id, (trx) => repository.lockExpiredSession(trx, id, today));
    } catch (error) {
      deps.logger.warn({ err: error }, 'a device whose days are over was not ended');
    }
}

/** For good, whatever ways back there were. Once this returns, nothing of that seat commits any more; its sockets are told to go. */
export async function leaveSeat({ db, bus }: LeavingDeps, seat: SeatId): Promise<void> {
  await db.transaction(async (trx) => {
    await leave(trx, [seat]);
    await repository.deleteWaysBack(trx, seat);
  });
  bus.publish({ kind: 'kick', seatId: seat });
}

/** Seats before grants, as whoever lets somebody in holds them. */
async function leave(trx: Db, seats: readonly SeatId[]): Promise<void> {
  await repository.setLeft(trx, seats);
  await repository.revokeGrants(trx, seats);
}

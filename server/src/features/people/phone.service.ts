import { LongtableError } from '@longtable/shared/errors';
import type { SeatId } from '@longtable/shared/ids';
import { MAX_PEOPLE_ON_PHONE } from '@longtable/shared/limits';
import type { Db, Deps } from '../../platform/deps.ts';
import type { HolderId } from './people.repository.ts';
import type { Session } from './people.service.ts';
import { canBringSomeone, canOpen, canPass, canStartSharing, type PhoneFacts } from './phone.policy.ts';
import * as repository from './phone.repository.ts';
import { hashPin, isEasyPin, type PinLimit } from './pins.ts';

type PhoneDeps = Pick<Deps, 'db' | 'keyring' | 'bus'>;

/** The session as it stands now, held until the transaction ends. @throws LongtableError notNow */
async function phoneWhere(
  trx: Db,
  session: Session,
  may: (phone: PhoneFacts) => boolean,
): Promise<PhoneFacts> {
  const row = await repository.lockSession(trx, session.id);
  const phone = row && { id: row.id, isShared: row.is_shared, holderId: row.open_holder_id };
  if (!phone || !may(phone)) throw new LongtableError('notNow');
  return phone;
}

/** The seats that are open here go behind a PIN, and stay open. @throws LongtableError pinUnusable, notNow */
export async function startSharing({ db, keyring }: PhoneDeps, session: Session, pin: string): Promise<void> {
  if (isEasyPin(pin)) throw new LongtableError('pinUnusable');
  const hash = await hashPin(keyring, session.id, pin);
  await db.transaction(async (trx) => {
    await phoneWhere(trx, session, canStartSharing);
    const holder = await repository.insertHolder(trx, session.id, hash);
    // Without a seat there is nobody here yet whom a PIN could let back in.
    if (holder === null || (await repository.giveSeatsTo(trx, session.id, holder)) === 0)
      throw new LongtableError('notNow');
    await repository.openHolder(trx, session.id, holder);
  });
}

/** Nobody's seats are open any more once this returns, and their sockets are closed. @throws LongtableError notNow */
export async function passPhone({ db, bus }: PhoneDeps, session: Session, limit: PinLimit): Promise<void> {
  const { seats, isGivenUp } = await db.transaction(async (trx) => {
    const { holderId } = await phoneWhere(trx, session, canPass);
    await repository.openHolder(trx, session.id, null);
    return close(trx, holderId);
  });
  if (isGivenUp) limit.countWrong(session.id);
  kick(bus, seats);
}

/** The PIN alone opens its owner's seats. @throws LongtableError pinUnknown, tooManyGuesses, notNow */
export async function openPhone(
  { db, keyring }: PhoneDeps,
  session: Session,
  pin: string,
  limit: PinLimit,
): Promise<void> {
  const found = await limit.attempt(session.id, async () => {
    const hash = await hashPin(keyring, session.id, pin);
    return db.transaction(async (trx) => {
      await phoneWhere(trx, session, canOpen);
      const holder = await repository.findHolder(trx, session.id, hash);
      if (holder !== null) await repository.openHolder(trx, session.id, holder);
      return holder;
    });
  });
  if (found === null) throw new LongtableError('pinUnknown');
}

/**
 * One more person: their PIN opens an empty place, into which they join or come back. A PIN that is not free counts
 * as a guess, because being refused tells that it is somebody's; so does a place given up with nobody in it, because
 * taking and leaving places would otherwise list which PINs are free, and so which are not. @throws LongtableError pinUnusable, tooManyGuesses, notNow
 */
export async function bringSomeone(
  { db, keyring, bus }: PhoneDeps,
  session: Session,
  pin: string,
  limit: PinLimit,
): Promise<void> {
  if (isEasyPin(pin)) throw new LongtableError('pinUnusable');
  const closed = await limit.attempt(session.id, async () => {
    const hash = await hashPin(keyring, session.id, pin);
    return db.transaction(async (trx) => {
      const { holderId } = await phoneWhere(trx, session, canBringSomeone);
      if ((await repository.countHolders(trx, session.id)) >= MAX_PEOPLE_ON_PHONE)
        throw new LongtableError('notNow');
      const holder = await repository.insertHolder(trx, session.id, hash);
      if (holder === null) return null;
      await repository.openHolder(trx, session.id, holder);
      return close(trx, holderId);
    });
  });
  if (closed === null) throw new LongtableError('pinUnusable');
  if (closed.isGivenUp) limit.countWrong(session.id);
  kick(bus, closed.seats);
}

/** @returns the seats that were open, and whether the place was given up with nobody in it */
async function close(trx: Db, holder: HolderId | null): Promise<{ seats: SeatId[]; isGivenUp: boolean }> {
  if (holder === null) return { seats: [], isGivenUp: false };
  const seats = await repository.findSeatsOfHolder(trx, holder);
  return { seats, isGivenUp: await repository.deleteHolderWithoutSeats(trx, holder) };
}

function kick(bus: Deps['bus'], seats: readonly SeatId[]): void {
  for (const seatId of seats) bus.publish({ kind: 'kick', seatId });
}

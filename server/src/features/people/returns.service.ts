import { LongtableError } from '@longtable/shared/errors';
import type { MakeWayBack, Returned, WayBack } from '@longtable/shared/protocol/http/returns';
import { showCodeText } from '../../platform/code-text.ts';
import type { Deps } from '../../platform/deps.ts';
import type { MakeSession } from './device.service.ts';
import { holdSession, type Seat } from './people.service.ts';
import { deleteHolderWithoutSeats } from './phone.repository.ts';
import { isOpenFor } from './phone.policy.ts';
import { hashWayBack, newCard, newPhrase } from './return-codes.ts';
import { hasSeatByWayBack, lockSeatByWayBack, moveSeat, putWayBack } from './returns.repository.ts';

/** A new card, or new words, for this seat. What is shown here is kept nowhere. */
export async function makeWayBack(
  { db, keyring, env }: Pick<Deps, 'db' | 'keyring' | 'env'>,
  seat: Pick<Seat, 'id'>,
  { kind, locale }: MakeWayBack,
): Promise<WayBack> {
  const secret = kind === 'card' ? newCard() : newPhrase(locale);
  const hash = await hashWayBack(keyring, secret);
  if (hash === null) throw new Error('a way back that cannot be read again');
  await putWayBack(db, { seat_id: seat.id, kind, code_hash: hash });
  return kind === 'card'
    ? { text: showCodeText(secret), url: `${env.publicUrl}/return#${secret}` }
    : { text: secret, url: null };
}

/**
 * The seat comes to this device, behind the PIN that is open where several share it, and whatever had it loses it
 * at once. `makeSession` is called only for a right code. @throws LongtableError codeUnknown, notNow
 */
export async function comeBack(
  { db, keyring, bus }: Pick<Deps, 'db' | 'keyring' | 'bus'>,
  typed: string,
  makeSession: MakeSession,
): Promise<Returned> {
  const hash = await hashWayBack(keyring, typed);
  if (hash === null) throw new LongtableError('codeUnknown');
  const { seat, isHere } = await db.transaction(async (trx) => {
    if (!(await hasSeatByWayBack(trx, hash))) throw new LongtableError('codeUnknown');
    // The device before its seats, as whoever leaves holds them.
    const session = await makeSession(trx);
    await holdSession(trx, session);
    const found = await lockSeatByWayBack(trx, hash);
    if (!found) throw new LongtableError('codeUnknown');
    const held = { sessionId: found.session_id, holderId: found.holder_id };
    if (isOpenFor(session, held)) return { seat: found, isHere: true };
    await moveSeat(trx, found.id, { session_id: session.id, holder_id: session.holderId });
    if (found.holder_id !== null) await deleteHolderWithoutSeats(trx, found.holder_id);
    return { seat: found, isHere: false };
  });
  if (!isHere) bus.publish({ kind: 'kick', seatId: seat.id });
  return { seatId: seat.id, partnershipId: seat.partnership_id };
}

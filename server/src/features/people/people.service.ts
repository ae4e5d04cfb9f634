import { randomBytes, randomUUID } from 'node:crypto';
import { LongtableError } from '@longtable/shared/errors';
import { type CircleId, type PartnershipId, SeatId } from '@longtable/shared/ids';
import { Handle, type MySeat, SEAT_HEADER } from '@longtable/shared/protocol/http/people';
import type { Request } from 'express';
import type { Clock } from '../../platform/clock.ts';
import type { Db, Deps } from '../../platform/deps.ts';
import type { KeyId, Keyring, SealContext } from '../../platform/keyring.ts';
import * as repository from './people.repository.ts';
import type { HolderId, SeatRow, SessionId } from './people.repository.ts';
import { isOpenFor } from './phone.policy.ts';
import { lockSession } from './phone.repository.ts';
import { findWaysBack } from './returns.repository.ts';
import { readSessionToken } from './session-cookie.ts';

/** One device, signed in. It may hold several seats: several of us on one phone. */
export interface Session {
  id: SessionId;
  isShared: boolean;
  /** Whose seats are open on a shared device; null between two people, and on a device of one person's own. */
  holderId: HolderId | null;
}

/** Who speaks: one seat of the session, without its picture and name. */
export interface Seat {
  id: SeatId;
  sessionId: SessionId | null;
  partnershipId: PartnershipId;
  circleId: CircleId | null;
  role: 'facilitator' | 'member';
  state: repository.SeatState;
}

/** Long enough for a partnership's weeks between two meetings; fixed, so that no row tells when someone was last here. */
export const SESSION_DAYS = 30;
const DAY_MS = 86_400_000;

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Makes a session and returns the token that its cookie carries; only its keyed hash is stored. */
export async function createSession(
  db: Db,
  keyring: Keyring,
  clock: Clock,
  days = SESSION_DAYS,
): Promise<{ session: Session; token: string }> {
  const token = randomBytes(32).toString('base64url');
  const id = randomUUID() as string as SessionId;
  const today = clock.today();
  await repository.insertSession(db, {
    id,
    token_hash: keyring.mac('session', token),
    created_on: today,
    expires_on: addDays(today, days),
  });
  return { session: { id, isShared: false, holderId: null }, token };
}

/** A session, with the keyed hashes of the token that was shown and of its newest, which may be the same. */
export interface ShownSession {
  session: Session;
  shown: Buffer;
  newest: Buffer;
}

export async function shownSession(
  { db, keyring, clock, env }: Pick<Deps, 'keyring' | 'clock' | 'env'> & { db: Db },
  cookieHeader: string | undefined,
): Promise<ShownSession | null> {
  const token = readSessionToken(env, cookieHeader);
  if (!token) return null;
  const shown = keyring.mac('session', token);
  const row = await repository.findSessionByHash(db, shown, clock.today());
  if (!row) return null;
  // The newer token has arrived, so the one before it opens nothing any more.
  if (row.previous_token_hash && shown.equals(row.token_hash))
    await repository.forgetPreviousToken(db, row.id, shown);
  const session = { id: row.id, isShared: row.is_shared, holderId: row.open_holder_id };
  return { session, shown, newest: row.token_hash };
}

/** For HTTP requests and socket handshakes alike. */
export const sessionFromCookieHeader = async (
  deps: Pick<Deps, 'keyring' | 'clock' | 'env'> & { db: Db },
  cookieHeader: string | undefined,
): Promise<Session | null> => (await shownSession(deps, cookieHeader))?.session ?? null;

// --- Who is calling: each is the `who` of a route (platform/http.ts).

export const sessionIfAny =
  (deps: Deps) =>
  (req: Request): Promise<Session | null> =>
    sessionFromCookieHeader(deps, req.headers.cookie);

export const session =
  (deps: Deps) =>
  async (req: Request): Promise<Session> => {
    const found = await sessionFromCookieHeader(deps, req.headers.cookie);
    if (!found) throw new LongtableError('signedOut');
    return found;
  };

/**
 * The seat that the request names, if this device holds it and it has been let in.
 * @throws LongtableError signedOut, notFound, waiting
 */
export const seated =
  (deps: Deps) =>
  async (req: Request): Promise<Seat> => {
    const holder = await session(deps)(req);
    const id = SeatId.safeParse(req.get(SEAT_HEADER));
    if (!id.success) throw new LongtableError('badRequest', { fields: [SEAT_HEADER] });
    const seat = await seatOf(deps.db, holder, id.data);
    if (seat?.state === 'waiting') throw new LongtableError('waiting');
    if (seat?.state !== 'seated') throw new LongtableError('notFound');
    return seat;
  };

// --- Seats

const toSeat = (row: SeatRow): Seat => ({
  id: row.id,
  sessionId: row.session_id,
  partnershipId: row.partnership_id,
  circleId: row.circle_id,
  role: row.role,
  state: row.state,
});

export async function seatOf(db: Db, holder: Session, seatId: SeatId): Promise<Seat | null> {
  const row = await repository.findSeatOfSession(db, holder.id, seatId);
  return row && isOpenFor(holder, toHeld(row)) ? toSeat(row) : null;
}

const toHeld = (row: SeatRow) => ({ sessionId: row.session_id, holderId: row.holder_id });

export async function seatsOf(
  { db, keyring }: Pick<Deps, 'db' | 'keyring'>,
  holder: Session,
): Promise<MySeat[]> {
  const rows = await repository.findSeatsOfSession(db, holder.id);
  const open = rows.filter((row) => isOpenFor(holder, toHeld(row)));
  const waysBack = await findWaysBack(
    db,
    open.map(({ id }) => id),
  );
  return Promise.all(
    open.map(async (row) => ({
      seatId: row.id,
      partnershipId: row.partnership_id,
      role: row.role,
      state: row.state as MySeat['state'],
      circleId: row.state === 'seated' ? row.circle_id : null,
      handle: await openHandle(keyring, row),
      waysBack: waysBack.flatMap(({ seat_id, kind }) => (seat_id === row.id ? kind : [])),
    })),
  );
}

export interface NewSeat {
  session: Session;
  partnershipId: PartnershipId;
  circleId: CircleId | null;
  role: 'facilitator' | 'member';
  state: 'waiting' | 'seated';
  handle: Handle;
}

/**
 * The device until the transaction ends, as it was when the request began. A seat that is put on a phone which has
 * changed hands meanwhile would be behind somebody else's PIN, or behind none. @throws LongtableError signedOut, notNow
 */
export async function holdSession(trx: Db, session: Session): Promise<void> {
  const row = await lockSession(trx, session.id);
  if (!row) throw new LongtableError('signedOut');
  if (row.is_shared !== session.isShared || row.open_holder_id !== session.holderId)
    throw new LongtableError('notNow');
}

/** `keyId` is the circle's key, or the partnership's for a facilitator. */
export async function createSeat(
  db: Db,
  { keyring, clock }: Pick<Deps, 'keyring' | 'clock'>,
  keyId: KeyId,
  seat: NewSeat,
): Promise<SeatId> {
  await holdSession(db, seat.session);
  const id = randomUUID() as SeatId;
  const handle = Buffer.from(JSON.stringify(seat.handle));
  await repository.insertSeat(db, {
    id,
    session_id: seat.session.id,
    holder_id: seat.session.holderId,
    partnership_id: seat.partnershipId,
    circle_id: seat.circleId,
    role: seat.role,
    state: seat.state,
    handle_sealed: await keyring.seal(keyId, handleContext(id, seat.circleId), handle),
    created_on: clock.today(),
  });
  return id;
}

export interface Person {
  seatId: SeatId;
  handle: Handle;
}

/** Who sits in a circle or waits at its door, in an order that says nothing. */
export async function peopleOfCircle(
  { db, keyring }: Pick<Deps, 'db' | 'keyring'>,
  circleId: CircleId,
  state: 'seated' | 'waiting',
): Promise<Person[]> {
  const rows = await repository.findSeatsOfCircle(db, circleId, [state]);
  return Promise.all(rows.map(async (row) => ({ seatId: row.id, handle: await openHandle(keyring, row) })));
}

/**
 * Whether somebody sits there or ever did: whoever came first after all had left would otherwise read the
 * circle's own words and speak in its name.
 */
export const isCircleSeated = async (db: Db, circleId: CircleId): Promise<boolean> =>
  (await repository.findSeatsOfCircle(db, circleId, ['seated', 'left'])).length > 0;

/**
 * Circles that are asked, and waited for. Also one in which nobody is left: when its last person went is nobody's
 * business outside, so outside nothing changes.
 */
export const seatedCircles = async (db: Db, partnershipId: PartnershipId): Promise<ReadonlySet<CircleId>> =>
  new Set(await repository.findSeatedCircles(db, partnershipId));

/** Who sits there, without what they are called, in an order that says nothing. */
export const seatedIn = repository.findSeatedIn;

/** Whether anybody could still speak for the circle: a seat that nobody can reach has been left. */
export const isCircleReachable = async (db: Db, circleId: CircleId): Promise<boolean> =>
  (await seatedIn(db, circleId)).length > 0;

/** Nobody inside can open to them any more. */
export const refuseWaiting = repository.refuseWaitingSeats;

/** Devices that somebody could facilitate from. Two seats on one phone are lost together. */
export const facilitatingDevices = repository.countFacilitatingSessions;

/** Whether a facilitator sits at the table at a device that can still speak for the seat. */
export const isFacilitated = async (db: Db, partnershipId: PartnershipId): Promise<boolean> =>
  (await facilitatingDevices(db, partnershipId)) > 0;

/**
 * Lets a waiting seat in or not. Two members may answer at once: the first counts, and the same answer
 * again changes nothing and is no error.
 * @returns whether the seat changed
 * @throws LongtableError notFound
 */
export async function answerSeat(
  db: Db,
  circleId: CircleId,
  seatId: SeatId,
  answer: 'seated' | 'refused',
): Promise<boolean> {
  if (await repository.answerWaitingSeat(db, seatId, circleId, answer)) return true;
  const seat = await repository.findSeatInCircle(db, seatId, circleId);
  if (seat?.state !== answer) throw new LongtableError('notFound');
  return false;
}

const handleContext = (id: SeatId, circleId: CircleId | null): SealContext => ({
  table: 'seats',
  column: 'handle',
  row: id,
  audience: circleId ? `circle:${circleId}` : 'partnership',
});

const openHandle = async (keyring: Keyring, row: SeatRow): Promise<Handle> =>
  Handle.parse(
    JSON.parse((await keyring.open(handleContext(row.id, row.circle_id), row.handle_sealed)).toString()),
  );

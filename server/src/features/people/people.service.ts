import { randomBytes, randomUUID } from 'node:crypto';
import { LongtableError } from '@longtable/shared/errors';
import { type CircleId, type PartnershipId, SeatId } from '@longtable/shared/ids';
import { Handle, type MySeat, SEAT_HEADER } from '@longtable/shared/protocol/http/people';
import type { Request, Response } from 'express';
import type { Clock } from '../../platform/clock.ts';
import type { Db, Deps } from '../../platform/deps.ts';
import type { KeyId, Keyring, SealContext } from '../../platform/keyring.ts';
import * as repository from './people.repository.ts';
import type { HolderId, SeatRow, SessionId } from './people.repository.ts';
import { canTakeSeat, isOpenFor } from './phone.policy.ts';
import { readSessionToken, sessionCookie } from './session-cookie.ts';

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
const SESSION_DAYS = 30;
const DAY_MS = 86_400_000;

export function addDays(day: string, days: number): string {
  return new Date(Date.parse(day) + days * DAY_MS).toISOString().slice(0, 10);
}

/** Makes a session and returns the token that its cookie carries; only its keyed hash is stored. */
export async function createSession(
  db: Db,
  keyring: Keyring,
  clock: Clock,
): Promise<{ session: Session; token: string }> {
  const token = randomBytes(32).toString('base64url');
  const id = randomUUID() as string as SessionId;
  const today = clock.today();
  await repository.deleteExpiredSessions(db, today);
  await repository.insertSession(db, {
    id,
    token_hash: keyring.mac('session', token),
    created_on: today,
    expires_on: addDays(today, SESSION_DAYS),
  });
  return { session: { id, isShared: false, holderId: null }, token };
}

export async function findSession(
  db: Db,
  keyring: Keyring,
  clock: Clock,
  token: string,
): Promise<Session | null> {
  const hash = keyring.mac('session', token);
  const row = await repository.findSessionByHash(db, hash, clock.today());
  if (!row) return null;
  // The newer token has arrived, so the one before it opens nothing any more.
  if (row.previous_token_hash && hash.equals(row.token_hash))
    await repository.forgetPreviousToken(db, row.id, hash);
  return { id: row.id, isShared: row.is_shared, holderId: row.open_holder_id };
}

/**
 * Gives the device a new token when its seats change hands: browsers then drop the pages that they keep for Back.
 * The one before stays good until the new one is shown, because an answer can get lost on the way; and of two
 * requests at once only one changes it, because their answers can arrive in any order.
 */
export async function renewToken(
  { db, keyring, env }: Pick<Deps, 'db' | 'keyring' | 'env'>,
  session: Session,
  req: Request,
  res: Response,
): Promise<void> {
  const shown = readSessionToken(env, req.headers.cookie);
  if (shown === null) return;
  const token = randomBytes(32).toString('base64url');
  const [from, to] = [keyring.mac('session', shown), keyring.mac('session', token)];
  if (await repository.replaceToken(db, session.id, { from, to }))
    res.append('Set-Cookie', sessionCookie(env, token));
}

/** For HTTP requests and socket handshakes alike. */
export async function sessionFromCookieHeader(
  { db, keyring, clock, env }: Pick<Deps, 'keyring' | 'clock' | 'env'> & { db: Db },
  cookieHeader: string | undefined,
): Promise<Session | null> {
  const token = readSessionToken(env, cookieHeader);
  return token ? findSession(db, keyring, clock, token) : null;
}

/** Ends the session on every tab of the device, for everyone who shares it. Its seats stay and lose it. */
export async function endSession({ db, bus }: Pick<Deps, 'db' | 'bus'>, session: Session): Promise<void> {
  const seats = await repository.findSeatsOfSession(db, session.id);
  await repository.deleteSession(db, session.id);
  for (const { id } of seats) bus.publish({ kind: 'kick', seatId: id });
}

// --- Who is calling: each is the `who` of a route (platform/http.ts).

export const sessionIfAny =
  (deps: Deps) =>
  (req: Request): Promise<Session | null> =>
    sessionFromCookieHeader(deps, req.headers.cookie);

/**
 * This device's session; makes one, and sets its cookie, where there is none.
 * @throws LongtableError notNow while a shared phone is locked: a seat taken now would be nobody's
 */
export async function sessionOrNew(
  db: Db,
  deps: Pick<Deps, 'keyring' | 'clock' | 'env'>,
  req: Request,
  res: Response,
): Promise<Session> {
  const known = await sessionFromCookieHeader({ ...deps, db }, req.headers.cookie);
  if (known && !canTakeSeat(known)) throw new LongtableError('notNow');
  if (known) return known;
  const { session: made, token } = await createSession(db, deps.keyring, deps.clock);
  res.append('Set-Cookie', sessionCookie(deps.env, token));
  return made;
}

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
  return Promise.all(
    open.map(async (row) => ({
      seatId: row.id,
      partnershipId: row.partnership_id,
      role: row.role,
      state: row.state as MySeat['state'],
      circleId: row.circle_id,
      handle: await openHandle(keyring, row),
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

/** `keyId` is the circle's key, or the partnership's for a facilitator. */
export async function createSeat(
  db: Db,
  { keyring, clock }: Pick<Deps, 'keyring' | 'clock'>,
  keyId: KeyId,
  seat: NewSeat,
): Promise<SeatId> {
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

export const seatedCircles = async (db: Db, partnershipId: PartnershipId): Promise<ReadonlySet<CircleId>> =>
  new Set(await repository.findSeatedCircles(db, partnershipId));

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

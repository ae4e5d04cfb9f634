import { randomBytes } from 'node:crypto';
import { LongtableError } from '@longtable/shared/errors';
import type { Request, Response } from 'express';
import type { Db, Deps } from '../../platform/deps.ts';
import type { Budget } from '../../platform/rate.ts';
import { keepSession, replaceToken } from './people.repository.ts';
import {
  createSession,
  type Session,
  SESSION_DAYS,
  sessionFromCookieHeader,
  type ShownSession,
  shownSession,
} from './people.service.ts';
import { canTakeSeat } from './phone.policy.ts';
import { readSessionToken, sessionCookie } from './session-cookie.ts';

/** What a route needs to answer one device. */
export interface Call {
  req: Request;
  res: Response;
}

type DeviceDeps = Pick<Deps, 'db' | 'keyring' | 'clock' | 'env'>;

/** A device on which nothing was put yet is forgotten soon: anybody can make one. */
const EMPTY_SESSION_DAYS = 1;

/**
 * Makes this device's session where it has none. Before a code is spent: whoever loses the answer to that is still
 * the same device, and finds the seat. @throws LongtableError busy
 */
export async function openDevice(deps: DeviceDeps, budget: Budget, { req, res }: Call): Promise<void> {
  if (await sessionFromCookieHeader(deps, req.headers.cookie)) return;
  if (budget.isOverdrawn()) throw new LongtableError('busy');
  budget.spend(1);
  const { token } = await createSession(deps.db, deps.keyring, deps.clock, EMPTY_SESSION_DAYS);
  res.append('Set-Cookie', sessionCookie(deps.env, token));
}

/**
 * Called inside the transaction that puts something on the device, or that only has to know the device again later
 * (`isForLater`), after which its token stays as it is. @throws LongtableError notNow
 */
export type MakeSession = (trx: Db, options?: { isForLater: boolean }) => Promise<Session>;

/**
 * Puts something on this device, which gets a session where it has none, and a new token where it had one: whoever
 * planted or copied the cookie before must not hold the seat that came to it. Nor whoever was given a newer token for
 * that cookie and has not shown it: it opens nothing any more. It may also be one that this device was given in an
 * answer that got lost.
 * @throws LongtableError notNow while a shared phone is locked: a seat taken now would be nobody's
 */
export async function putOnDevice<Result>(
  deps: DeviceDeps,
  { req, res }: Call,
  put: (makeSession: MakeSession) => Promise<Result>,
): Promise<Result> {
  let fresh = null as string | null;
  const sendToken = (token: string): void => void res.append('Set-Cookie', sessionCookie(deps.env, token));
  const result = await put(async (trx, { isForLater } = { isForLater: false }) => {
    const inside = { ...deps, db: trx };
    const known = await shownSession(inside, req.headers.cookie);
    if (!known) {
      const { session, token } = await createSession(trx, deps.keyring, deps.clock);
      fresh = token;
      return session;
    }
    const { session } = known;
    if (!canTakeSeat(session)) throw new LongtableError('notNow');
    await keepSession(trx, session.id, SESSION_DAYS);
    if (isForLater) return session;
    fresh = await setToken(inside, known);
    // Where no transaction takes it back, it stands whatever comes next: its cookie goes out with a refusal too.
    if (fresh !== null && trx === deps.db) {
      sendToken(fresh);
      fresh = null;
      return session;
    }
    // Changed in the same moment: by another request of this device, or its token is none any more.
    if (fresh === null && !(await shownSession(inside, req.headers.cookie)))
      throw new LongtableError('signedOut');
    return session;
  });
  // Only now: a token that a transaction takes back with it would sign the device out.
  if (fresh !== null) sendToken(fresh);
  return result;
}

/**
 * Gives the device a new token when its seats change hands: browsers then drop the pages that they keep for Back. The
 * one before stays good until the new one is shown, because an answer can get lost on the way; and of two requests at
 * once only one changes it, because their answers can arrive in any order.
 */
export async function renewToken(
  deps: Pick<Deps, 'db' | 'keyring' | 'env'>,
  session: Session,
  { req, res }: Call,
): Promise<void> {
  const shown = readSessionToken(deps.env, req.headers.cookie);
  if (shown === null) return;
  const hash = deps.keyring.mac('session', shown);
  const fresh = await setToken(deps, { session, shown: hash, newest: hash });
  if (fresh !== null) res.append('Set-Cookie', sessionCookie(deps.env, fresh));
}

/** @returns the new token, unless another has taken the place of the newest since that was read */
async function setToken(
  { db, keyring }: Pick<Deps, 'keyring'> & { db: Db },
  { session, shown, newest }: ShownSession,
): Promise<string | null> {
  const token = randomBytes(32).toString('base64url');
  const to = keyring.mac('session', token);
  return (await replaceToken(db, session.id, { newest, shown, to })) ? token : null;
}

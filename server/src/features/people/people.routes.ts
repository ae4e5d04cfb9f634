import { LongtableError } from '@longtable/shared/errors';
import { NEW_DEVICES_AT_ONCE, NEW_DEVICES_PER_SECOND } from '@longtable/shared/limits';
import { Me } from '@longtable/shared/protocol/http/people';
import type { Express, Request } from 'express';
import type { Deps } from '../../platform/deps.ts';
import { type Router, anyone } from '../../platform/http.ts';
import { createBudget } from '../../platform/rate.ts';
import { phoneState } from './phone.policy.ts';
import { openDevice } from './device.service.ts';
import { createExpiry, endSession, leaveSeat } from './leaving.service.ts';
import { canLeaveSeat } from './people.policy.ts';
import { seated, seatsOf, sessionFromCookieHeader, sessionIfAny } from './people.service.ts';
import { clearedCookie, readSessionToken } from './session-cookie.ts';

/** Leaving does not wait longer than this for the database: the cookie goes either way. */
const MAX_EXIT_WAIT_MS = 500;

export function registerPeopleRoutes(router: Router, deps: Deps): void {
  const endExpired = createExpiry(deps);
  const newDevices = createBudget(NEW_DEVICES_PER_SECOND, NEW_DEVICES_AT_ONCE, () => deps.clock.nowMs());
  router.add({
    method: 'get',
    path: '/api/me',
    summary: 'The seats that this device holds',
    answer: Me,
    who: sessionIfAny(deps),
    handle: async ({ who }) => ({
      seats: who ? await seatsOf(deps, who) : [],
      phone: who ? phoneState(who) : 'own',
      exitUrl: deps.env.exitUrl,
      operator: deps.env.operator ?? null,
    }),
  });

  router.add({
    method: 'post',
    path: '/api/device',
    summary: 'Gives this device a session, where it has none, before it spends a code',
    who: anyone,
    async handle({ req, res }) {
      try {
        await openDevice(deps, newDevices, { req, res });
      } finally {
        endExpired();
      }
    },
  });

  router.add({
    method: 'delete',
    path: '/api/seat',
    summary: 'Leaves a circle for good: the seat speaks for nobody any more, and nothing brings it back',
    who: seated(deps),
    async handle({ who: seat }) {
      if (!canLeaveSeat(seat)) throw new LongtableError('notFound');
      await leaveSeat(deps, seat.id);
    },
  });

  router.add({
    method: 'post',
    path: '/api/leave',
    summary: 'Asked when leaving quickly: ends the session, and by answering says that /x can be reached',
    who: anyone,
    async handle({ req, res }) {
      await leave(deps, req.headers.cookie);
      res.append('Set-Cookie', clearedCookie(deps.env, 'lt'));
    },
  });
}

/**
 * Leave quickly, as a plain link that works without a script. It acts only on a navigation that the person
 * began here or typed: a foreign page's image or frame would otherwise sign people out at will.
 */
export function registerExit(app: Express, deps: Deps): void {
  app.get('/x', async (req, res) => {
    switch (judge(req, deps.env)) {
      case 'foreign':
        res.status(204).end();
        return;
      case 'unknown':
        res.redirect(303, deps.env.exitUrl);
        return;
      case 'ours':
        break;
    }
    await leave(deps, req.headers.cookie);
    res.append('Set-Cookie', clearedCookie(deps.env, 'lt'));
    res.set('Clear-Site-Data', '"cache", "cookies", "storage"');
    res.redirect(303, deps.env.exitUrl);
  });
}

/**
 * Whether a person opened /x from our own page or by typing. Older browsers send no Sec-Fetch headers: there our
 * cookie says it, which SameSite=Strict keeps from foreign pages. Without either we take them away, and change
 * nothing (docs/decisions/0007).
 */
function judge(req: Request, env: Deps['env']): 'ours' | 'foreign' | 'unknown' {
  const [dest, site] = [req.get('Sec-Fetch-Dest'), req.get('Sec-Fetch-Site')];
  if (dest === undefined && site === undefined) {
    if (!/text\/html/.test(req.get('Accept') ?? '')) return 'foreign';
    return readSessionToken(env, req.headers.cookie) === null ? 'unknown' : 'ours';
  }
  return dest === 'document' && (site === 'same-origin' || site === 'none') ? 'ours' : 'foreign';
}

const leave = (deps: Deps, cookieHeader: string | undefined): Promise<void> =>
  Promise.race([endQuietly(deps, cookieHeader), timeout(MAX_EXIT_WAIT_MS)]);

async function endQuietly(deps: Deps, cookieHeader: string | undefined, triesLeft = 1): Promise<void> {
  try {
    const session = await sessionFromCookieHeader(deps, cookieHeader);
    if (session) await endSession(deps, session);
  } catch (error) {
    // Somebody else's transaction may have stood in the way.
    if (triesLeft > 0) return endQuietly(deps, cookieHeader, triesLeft - 1);
    deps.logger.error({ err: error }, 'a session could not be ended in the database');
  }
}

const timeout = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());

import { Me } from '@longtable/shared/protocol/http/people';
import type { Express } from 'express';
import type { Deps } from '../../platform/deps.ts';
import { type Router, anyone } from '../../platform/http.ts';
import { endSession, seatsOf, sessionFromCookieHeader, sessionIfAny } from './people.service.ts';
import { clearedCookie } from './session-cookie.ts';

/** Leaving does not wait longer than this for the database: the cookie goes either way. */
const MAX_EXIT_WAIT_MS = 500;

export function registerPeopleRoutes(router: Router, deps: Deps): void {
  router.add({
    method: 'get',
    path: '/api/me',
    summary: 'The seats that this device holds',
    answer: Me,
    who: sessionIfAny(deps),
    handle: async ({ who }) => ({
      seats: who ? await seatsOf(deps, who) : [],
      exitUrl: deps.env.exitUrl,
      operator: deps.env.operator ?? null,
    }),
  });

  router.add({
    method: 'post',
    path: '/api/leave',
    summary: 'Asked before leaving quickly: is the server there? Changes nothing',
    who: anyone,
    handle: async () => {},
  });
}

/**
 * Leave quickly, as a plain link that works without a script. It acts only on a navigation that the person
 * began here or typed: a foreign page's image or frame would otherwise sign people out at will.
 */
export function registerExit(app: Express, deps: Deps): void {
  app.get('/x', async (req, res) => {
    const isNavigation = req.get('Sec-Fetch-Dest') === 'document';
    const isOurs = ['same-origin', 'none'].includes(req.get('Sec-Fetch-Site') ?? '');
    if (!isNavigation || !isOurs) {
      res.status(204).end();
      return;
    }
    await Promise.race([endQuietly(deps, req.headers.cookie), timeout(MAX_EXIT_WAIT_MS)]);
    res.append('Set-Cookie', clearedCookie(deps.env, 'lt'));
    res.set('Clear-Site-Data', '"cache", "cookies", "storage"');
    res.redirect(303, deps.env.exitUrl);
  });
}

async function endQuietly(deps: Deps, cookieHeader: string | undefined): Promise<void> {
  try {
    const session = await sessionFromCookieHeader(deps, cookieHeader);
    if (session) await endSession(deps, session);
  } catch (error) {
    deps.logger.error({ err: error }, 'a session could not be ended in the database');
  }
}

const timeout = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());

import { LongtableError } from '@longtable/shared/errors';
import { MakeWayBack, Return, Returned, WayBack } from '@longtable/shared/protocol/http/returns';
import type { Deps } from '../../platform/deps.ts';
import { createGuessLimit } from '../../platform/guess-limit.ts';
import type { Router } from '../../platform/http.ts';
import { seated, sessionIfAny, sessionOrNew } from './people.service.ts';
import { comeBack, makeWayBack } from './returns.service.ts';

export function registerReturnRoutes(router: Router, deps: Deps): void {
  const guesses = createGuessLimit(deps.clock);

  router.add({
    method: 'post',
    path: '/api/ways-back',
    summary: 'Makes a card or words to come back to this seat with; the earlier one opens nothing any more',
    body: MakeWayBack,
    answer: WayBack,
    who: seated(deps),
    handle: ({ who: seat, body }) => makeWayBack(deps, seat, body),
  });

  router.add({
    method: 'post',
    path: '/api/return',
    summary: 'Brings the seat of a card or of words to this device; the device that had it loses it',
    body: Return,
    answer: Returned,
    who: sessionIfAny(deps),
    async handle({ who: session, body, req, res }) {
      const device = session?.id ?? null;
      if (guesses.isOver(device)) throw new LongtableError('tooManyGuesses');
      try {
        return await comeBack(deps, body.code, (trx) => sessionOrNew(trx, deps, req, res));
      } catch (error) {
        if (error instanceof LongtableError && error.code === 'codeUnknown') guesses.countWrong(device);
        throw error;
      }
    },
  });
}

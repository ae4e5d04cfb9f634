import { MakeWayBack, Return, Returned, WayBack } from '@longtable/shared/protocol/http/returns';
import type { Deps } from '../../platform/deps.ts';
import { createGuessLimit } from '../../platform/guess-limit.ts';
import type { Router } from '../../platform/http.ts';
import { putOnDevice } from './device.service.ts';
import { seated, sessionIfAny } from './people.service.ts';
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
    handle: ({ who: session, body, req, res }) =>
      guesses.attempt(session?.id ?? null, () =>
        putOnDevice(deps, { req, res }, (makeSession) => comeBack(deps, body.code, makeSession)),
      ),
  });
}

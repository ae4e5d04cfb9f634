import { PartnerId } from '@longtable/shared/ids';
import { TakenSeat } from '@longtable/shared/protocol/http/circles';
import {
  Asking,
  AskingList,
  OpenAsking,
  SendStatement,
  SentStatement,
  SitDown,
} from '@longtable/shared/protocol/http/partners';
import { z } from 'zod';
import type { Deps } from '../../platform/deps.ts';
import { createGuessLimit } from '../../platform/guess-limit.ts';
import type { Router } from '../../platform/http.ts';
import { putOnDevice } from '../people/device.service.ts';
import { session, sessionIfAny } from '../people/people.service.ts';
import { askingsOf, openAsking, sendStatement, sitDown, withdrawAsking } from './askings.service.ts';

const OfAsking = z.object({ partnerId: PartnerId });

/** What an organisation can do that was invited and does not sit here. */
export function registerAskingRoutes(router: Router, deps: Deps): void {
  const guesses = createGuessLimit(deps.clock);
  router.add({
    method: 'post',
    path: '/api/askings/open',
    summary: 'What an invited organisation may read with its code; one that waits comes to this device',
    body: OpenAsking,
    answer: Asking,
    who: sessionIfAny(deps),
    handle: ({ who, body, req, res }) =>
      guesses.attempt(who?.id ?? null, () =>
        putOnDevice(deps, { req, res }, (makeSession) => openAsking(deps, body.code, who, makeSession)),
      ),
  });

  router.add({
    method: 'get',
    path: '/api/askings',
    summary: 'What this device waits for; without a session nothing, and that is no error',
    answer: AskingList,
    who: sessionIfAny(deps),
    handle: async ({ who }) => (who ? askingsOf(deps, who) : { askings: [] }),
  });

  router.add({
    method: 'post',
    path: '/api/askings',
    summary: 'An invited organisation says where it stands, and asks every circle that sits here for a seat',
    body: SendStatement,
    answer: SentStatement,
    who: sessionIfAny(deps),
    handle: ({ who, body, req, res }) =>
      guesses.attempt(who?.id ?? null, () =>
        putOnDevice(deps, { req, res }, (makeSession) => sendStatement(deps, body, who, makeSession)),
      ),
  });

  router.add({
    method: 'post',
    path: '/api/askings/:partnerId/seat',
    summary: 'Sits down, once all circles have agreed, in a circle of its own',
    params: OfAsking,
    body: SitDown,
    answer: TakenSeat,
    who: session(deps),
    handle: async ({ params, body, req, res }) => ({
      seatId: await putOnDevice(deps, { req, res }, async (makeSession) =>
        sitDown(deps, await makeSession(deps.db), params.partnerId, body.handle),
      ),
    }),
  });

  router.add({
    method: 'delete',
    path: '/api/askings/:partnerId',
    summary: 'Takes the asking back',
    params: OfAsking,
    who: session(deps),
    handle: async ({ who, params }) => withdrawAsking(deps, who, params.partnerId),
  });
}

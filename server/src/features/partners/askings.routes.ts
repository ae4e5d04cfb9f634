import { LongtableError } from '@longtable/shared/errors';
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
import { session, type Session, sessionIfAny, sessionOrNew } from '../people/people.service.ts';
import { askingsOf, openAsking, sendStatement, sitDown, withdrawAsking } from './askings.service.ts';

const OfAsking = z.object({ partnerId: PartnerId });

/** What an organisation can do that was invited and does not sit here. */
export function registerAskingRoutes(router: Router, deps: Deps): void {
  const guesses = createGuessLimit(deps.clock);
  const withCode = async <Result>(holder: Session | null, use: () => Promise<Result>): Promise<Result> => {
    const device = holder?.id ?? null;
    if (guesses.isOver(device)) throw new LongtableError('tooManyGuesses');
    try {
      return await use();
    } catch (error) {
      if (error instanceof LongtableError && error.code === 'codeUnknown') guesses.countWrong(device);
      throw error;
    }
  };

  router.add({
    method: 'post',
    path: '/api/askings/open',
    summary: 'What an invited organisation may read with its code; one that waits comes to this device',
    body: OpenAsking,
    answer: Asking,
    who: sessionIfAny(deps),
    handle: async ({ who, body, req, res }) =>
      withCode(who, () => openAsking(deps, body.code, (trx) => sessionOrNew(trx, deps, req, res))),
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
    handle: async ({ who, body, req, res }) =>
      withCode(who, () => sendStatement(deps, body, (trx) => sessionOrNew(trx, deps, req, res))),
  });

  router.add({
    method: 'post',
    path: '/api/askings/:partnerId/seat',
    summary: 'Sits down, once all circles have agreed, in a circle of its own',
    params: OfAsking,
    body: SitDown,
    answer: TakenSeat,
    who: session(deps),
    handle: async ({ who, params, body }) => ({
      seatId: await sitDown(deps, who, params.partnerId, body.handle),
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

import { LongtableError } from '@longtable/shared/errors';
import { CircleId } from '@longtable/shared/ids';
import { ChooseSupport, CircleHeard, MarkHeard } from '@longtable/shared/protocol/http/heard';
import { z } from 'zod';
import type { Deps } from '../../platform/deps.ts';
import type { Router } from '../../platform/http.ts';
import type { CircleFacts } from '../circles/circles.policy.ts';
import { readCircle } from '../circles/circles.service.ts';
import { type Seat, seated } from '../people/people.service.ts';
import { canChooseSupport, canMarkHeard, canSeeCircleHeard } from './heard.policy.ts';
import { chooseSupport, circleHeard, markHeard } from './heard.service.ts';

export function registerHeardRoutes(router: Router, deps: Deps): void {
  const who = seated(deps);
  const params = z.object({ circleId: CircleId });
  const circleFor = async (seat: Seat, id: CircleId, may: (seat: Seat, circle: CircleFacts) => boolean) => {
    const circle = await readCircle(deps.db, id);
    if (!may(seat, circle)) throw new LongtableError('notFound');
    return circle;
  };

  router.add({
    method: 'get',
    path: '/api/circles/:circleId/heard',
    summary: 'What a circle has marked, and whom it chose for support, as its members see it',
    params,
    answer: CircleHeard,
    who,
    handle: async ({ who: seat, params: { circleId } }) =>
      circleHeard(deps, await circleFor(seat, circleId, canSeeCircleHeard), seat),
  });

  router.add({
    method: 'post',
    path: '/api/circles/:circleId/heard',
    summary: 'Marks a starred section for the circle: spoke, passed or not safe; or takes the mark back',
    params,
    body: MarkHeard,
    who,
    handle: async ({ who: seat, params: { circleId }, body }) =>
      markHeard(deps, await circleFor(seat, circleId, canMarkHeard), body),
  });

  router.add({
    method: 'post',
    path: '/api/circles/:circleId/support',
    summary: 'Chooses whom the circle turns to when something is not safe to say',
    params,
    body: ChooseSupport,
    who,
    handle: async ({ who: seat, params: { circleId }, body }) =>
      chooseSupport(deps, await circleFor(seat, circleId, canChooseSupport), body.support),
  });
}

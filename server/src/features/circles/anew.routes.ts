import { LongtableError } from '@longtable/shared/errors';
import { CircleId } from '@longtable/shared/ids';
import { AgreeAnew } from '@longtable/shared/protocol/http/anew';
import { z } from 'zod';
import type { Deps } from '../../platform/deps.ts';
import type { Router } from '../../platform/http.ts';
import { type Seat, seated } from '../people/people.service.ts';
import { canAgreeAnew, canAskAnew, canSayWeAreHere } from './anew.policy.ts';
import { agreeAnew, askAnew, sayWeAreHere, takeBackAnew } from './anew.service.ts';
import { type Circle, readCircle } from './circles.service.ts';

/** A circle to which nobody can come back ends by the will of all the others, and another is founded in its place. */
export function registerAnewRoutes(router: Router, deps: Deps): void {
  const who = seated(deps);
  const params = z.object({ circleId: CircleId });
  const circleFor = async (
    seat: Seat,
    id: CircleId,
    may: (seat: Seat, circle: Circle) => boolean,
  ): Promise<Circle> => {
    const circle = await readCircle(deps.db, id);
    if (!may(seat, circle)) throw new LongtableError('notFound');
    return circle;
  };

  router.add({
    method: 'post',
    path: '/api/circles/:circleId/anew',
    summary: 'Asks the other circles whether one in which nobody seems to be left may be founded anew',
    params,
    who,
    handle: async ({ who: seat, params: { circleId } }) =>
      askAnew(deps, await circleFor(seat, circleId, canAskAnew), seat.circleId),
  });

  router.add({
    method: 'delete',
    path: '/api/circles/:circleId/anew',
    summary: 'Takes that question back while it is open',
    params,
    who,
    handle: async ({ who: seat, params: { circleId } }) =>
      takeBackAnew(deps, await circleFor(seat, circleId, canAskAnew)),
  });

  router.add({
    method: 'post',
    path: '/api/circles/:circleId/anew/agreement',
    summary:
      'Another circle agrees, or takes that back; some time after the last one the server looks whether anybody is left',
    params,
    body: AgreeAnew,
    who,
    async handle({ who: seat, params: { circleId }, body }) {
      const circle = await circleFor(seat, circleId, canAgreeAnew);
      if (seat.circleId) await agreeAnew(deps, circle, seat.circleId, body.agrees);
    },
  });

  router.add({
    method: 'post',
    path: '/api/circles/:circleId/anew/here',
    summary: 'Somebody of the circle says that they are here, and the question ends',
    params,
    who,
    handle: async ({ who: seat, params: { circleId } }) =>
      sayWeAreHere(deps, await circleFor(seat, circleId, canSayWeAreHere)),
  });
}

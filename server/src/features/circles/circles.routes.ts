import { LongtableError } from '@longtable/shared/errors';
import { CircleId, CodeId, SeatId } from '@longtable/shared/ids';
import {
  AnswerDoor,
  CircleInside,
  CodeList,
  DescribeCircle,
  Join,
  Joined,
  MintCode,
  MintedCode,
  TakeFirstSeat,
  TakenSeat,
} from '@longtable/shared/protocol/http/circles';
import { z } from 'zod';
import type { Deps } from '../../platform/deps.ts';
import type { Router } from '../../platform/http.ts';
import { putOnDevice } from '../people/device.service.ts';
import { type Seat, seated, session } from '../people/people.service.ts';
import {
  canAnswerDoor,
  canDescribe,
  canKeepFoundingCode,
  canMintFoundingCode,
  canMintSeatCode,
  canRevokeCode,
  canSeeCodes,
  canSeeInside,
  canTakeFirstSeat,
  type CircleFacts,
} from './circles.policy.ts';
import { settleAnewIfPossible } from './anew.service.ts';
import { circleInside, describeCircle, readCircle } from './circles.service.ts';
import { liveCodes, mintCode, revokeCode } from './codes.service.ts';
import { answerDoor, joinWithCode, takeFirstSeat } from './doors.service.ts';
import { createGuessLimit } from '../../platform/guess-limit.ts';

const InCircle = z.object({ circleId: CircleId });

type May = (seat: Seat, circle: CircleFacts) => boolean;

const either =
  (one: May, other: May): May =>
  (seat, circle) =>
    one(seat, circle) || other(seat, circle);

/** A circle that the caller may act on so; to everyone else it does not exist. */
export function registerCircleRoutes(router: Router, deps: Deps): void {
  const who = seated(deps);
  const circleFor = async (seat: Seat, id: CircleId, may: May) => {
    const circle = await readCircle(deps.db, id);
    if (!may(seat, circle)) throw new LongtableError('notFound');
    return circle;
  };
  registerJoin(router, deps);

  router.add({
    method: 'get',
    path: '/api/circles/:circleId',
    summary: 'A circle as its members see it: name, kind, members, who is at the door',
    params: InCircle,
    answer: CircleInside,
    who,
    async handle({ who: seat, params }) {
      const circle = await circleFor(seat, params.circleId, canSeeInside);
      await settleAnewIfPossible(deps, circle.partnershipId);
      return circleInside(deps, circle);
    },
  });

  router.add({
    method: 'patch',
    path: '/api/circles/:circleId',
    summary: 'Chooses the name that others read, or the kind that only members know',
    params: InCircle,
    body: DescribeCircle,
    who,
    handle: async ({ who: seat, params, body }) =>
      describeCircle(deps, await circleFor(seat, params.circleId, canDescribe), body),
  });

  router.add({
    method: 'post',
    path: '/api/circles/:circleId/first-seat',
    summary: 'A facilitator sits down, on a seat of its own, in a circle where nobody sits yet',
    params: InCircle,
    body: TakeFirstSeat,
    answer: TakenSeat,
    who,
    async handle({ who: seat, params, body, req, res }) {
      await circleFor(seat, params.circleId, canTakeFirstSeat);
      const seatId = await putOnDevice(deps, { req, res }, (makeSession) =>
        takeFirstSeat(deps, params.circleId, body.handle, makeSession),
      );
      return { seatId };
    },
  });

  router.add({
    method: 'post',
    path: '/api/circles/:circleId/codes',
    summary:
      'Makes a code: for the founder, by a facilitator while nobody sits there; for the door, by a member',
    params: InCircle,
    body: MintCode,
    answer: MintedCode,
    who,
    async handle({ who: seat, params, body }) {
      const circle = await circleFor(seat, params.circleId, either(canMintFoundingCode, canMintSeatCode));
      return mintCode(deps, circle.id, body, canMintFoundingCode(seat, circle));
    },
  });

  router.add({
    method: 'get',
    path: '/api/circles/:circleId/codes',
    summary: 'Codes that still open, without users and times; to a facilitator the founding code only',
    params: InCircle,
    answer: CodeList,
    who,
    async handle({ who: seat, params }) {
      const circle = await circleFor(seat, params.circleId, either(canSeeCodes, canKeepFoundingCode));
      return { codes: await liveCodes(deps, circle.id, canKeepFoundingCode(seat, circle)) };
    },
  });

  router.add({
    method: 'delete',
    path: '/api/circles/:circleId/codes/:codeId',
    summary: 'Makes a code open nothing any more, at once',
    params: InCircle.extend({ codeId: CodeId }),
    who,
    async handle({ who: seat, params }) {
      const circle = await circleFor(seat, params.circleId, either(canRevokeCode, canKeepFoundingCode));
      await revokeCode(deps.db, circle.id, params.codeId, canKeepFoundingCode(seat, circle));
    },
  });

  router.add({
    method: 'post',
    path: '/api/circles/:circleId/door/:seatId',
    summary: 'Lets someone at the door in, or not',
    params: InCircle.extend({ seatId: SeatId }),
    body: AnswerDoor,
    who,
    handle: async ({ who: seat, params, body }) =>
      answerDoor(deps, await circleFor(seat, params.circleId, canAnswerDoor), params.seatId, body.letIn),
  });
}

function registerJoin(router: Router, deps: Deps): void {
  const guesses = createGuessLimit(deps.clock);
  router.add({
    method: 'post',
    path: '/api/join',
    summary: 'Redeems a code, by a device that has a session: to the door, or to the first seat of a circle',
    body: Join,
    answer: Joined,
    who: session(deps),
    handle: ({ who: { id }, body, req, res }) =>
      guesses.attempt(id, () =>
        putOnDevice(deps, { req, res }, (makeSession) => joinWithCode(deps, body, makeSession)),
      ),
  });
}

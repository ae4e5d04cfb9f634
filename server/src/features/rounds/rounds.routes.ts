import type { CanonicalSection } from '@longtable/shared/documents/canonical';
import { LongtableError } from '@longtable/shared/errors';
import { CircleId, DocumentId, RoundId } from '@longtable/shared/ids';
import { SectionKey } from '@longtable/shared/protocol/http/heard';
import {
  Answer,
  MoveRound,
  OpenedRound,
  OpenRound,
  PinnedVersion,
  RoundList,
  RoundView,
  Rule,
} from '@longtable/shared/protocol/http/rounds';
import { z } from 'zod';
import type { Deps } from '../../platform/deps.ts';
import type { Router } from '../../platform/http.ts';
import type { CircleFacts } from '../circles/circles.policy.ts';
import { readCircle } from '../circles/circles.service.ts';
import { readDocument } from '../documents/documents.service.ts';
import { type Seat, seated } from '../people/people.service.ts';
import { readJointSection } from '../rooms/rooms.service.ts';
import { takenBackIn } from '../words/quotes.service.ts';
import { answerRound, chooseRule, readRule, withdrawConsent } from './answers.service.ts';
import { listRounds, viewRound } from './round-view.ts';
import {
  canAnswer,
  canChooseRule,
  canMoveRound,
  canOpenRound,
  canSeeRound,
  canSeeRule,
} from './rounds.policy.ts';
import {
  moveRound,
  openRound,
  pinnedVersion,
  readRound,
  repinSection,
  revealSection,
  roundsOf,
} from './rounds.service.ts';

const InRound = z.object({ roundId: RoundId });
const InSection = InRound.extend({ section: SectionKey });

export function registerRoundRoutes(router: Router, deps: Deps): void {
  const who = seated(deps);
  const inDocument = { params: z.object({ documentId: DocumentId }), who };

  const documentFor = async (seat: Seat, id: DocumentId, may: typeof canSeeRound) => {
    const document = await readDocument(deps.db, id);
    if (!may(seat, document)) throw new LongtableError('notFound');
    return document;
  };
  const roundFor = async (seat: Seat, id: RoundId, may: typeof canSeeRound) => {
    const round = await readRound(deps, id);
    if (!may(seat, round)) throw new LongtableError('notFound');
    return round;
  };

  router.add({
    ...inDocument,
    method: 'post',
    path: '/api/documents/:documentId/rounds',
    summary: 'Puts sections before the circles, as a facilitator: their words are pinned and read-only',
    body: OpenRound,
    answer: OpenedRound,
    handle: async ({ who: seat, params, body }) => ({
      roundId: await openRound(deps, await documentFor(seat, params.documentId, canOpenRound), body),
    }),
  });

  router.add({
    ...inDocument,
    method: 'get',
    path: '/api/documents/:documentId/rounds',
    summary: 'The rounds of a document, the newest first',
    answer: RoundList,
    handle: async ({ who: seat, params }) =>
      listRounds(await roundsOf(deps, (await documentFor(seat, params.documentId, canSeeRound)).id)),
  });

  router.add({
    method: 'get',
    path: '/api/rounds/:roundId',
    summary: 'A round: what is before the circles, and their answers once they are shown together',
    params: InRound,
    answer: RoundView,
    who,
    handle: async ({ who: seat, params }) =>
      viewRound(deps, await roundFor(seat, params.roundId, canSeeRound), seat),
  });

  router.add({
    method: 'get',
    path: '/api/rounds/:roundId/sections/:section/version',
    summary: 'The exact words before the circles, with salt and hash',
    params: InSection,
    answer: PinnedVersion,
    who,
    async handle({ who: seat, params }) {
      const round = await roundFor(seat, params.roundId, canSeeRound);
      const { version, madeOn, bytes, salt, hash } = await pinnedVersion(deps, round, params.section);
      const canonical = bytes.toString('utf8');
      return {
        version,
        madeOn,
        hash: hash.toString('hex'),
        salt: salt.toString('base64'),
        canonical,
        takenBack: await takenBackIn(deps, round.document, JSON.parse(canonical) as CanonicalSection),
        lifted: (await readJointSection(deps, round.document, params.section)).lifted.filter(
          (field) => field.kind === 'rows',
        ),
      };
    },
  });

  /** Something that is done to a round, by whom `may` lets. */
  const addAct = <Params extends typeof InRound, Body extends z.ZodType = z.ZodType<unknown>>(
    path: string,
    summary: string,
    { params, body, may }: { params: Params; body?: Body; may: typeof canSeeRound },
    act: (at: z.infer<Params>, body: z.infer<Body>, seat: Seat) => Promise<void>,
  ): void =>
    router.add({
      method: 'post',
      path: `/api/rounds/:roundId/${path}`,
      summary,
      params,
      ...(body ? { body } : {}),
      who,
      async handle({ who: seat, params: at, body: given }) {
        await roundFor(seat, at.roundId, may);
        await act(at, given, seat);
      },
    });

  addAct(
    'phase',
    'Moves the conversation on, as a facilitator',
    { params: InRound, body: MoveRound, may: canMoveRound },
    ({ roundId }, { phase }) => moveRound(deps, roundId, { type: 'move', phase }),
  );
  addAct(
    'close',
    'Ends a round, as a facilitator; what is waited for may still come',
    { params: InRound, may: canMoveRound },
    ({ roundId }) => moveRound(deps, roundId, { type: 'close' }),
  );
  addAct(
    'sections/:section/reveal',
    'Shows the answers there are before all have answered, as a facilitator',
    { params: InSection, may: canMoveRound },
    ({ roundId, section }) => revealSection(deps, roundId, section),
  );
  addAct(
    'sections/:section/release',
    'Takes one section out of a round, as a facilitator; what is waited for may still come',
    { params: InSection, may: canMoveRound },
    ({ roundId, section }) => moveRound(deps, roundId, { type: 'release', section }),
  );
  addAct(
    'sections/:section/repin',
    'Puts the words of a reopened section before the circles again, as a facilitator',
    { params: InSection, may: canMoveRound },
    ({ roundId, section }) => repinSection(deps, roundId, section),
  );
  addAct(
    'sections/:section/answer',
    'Answers for one’s circle: we can live with this, we have a worry, we cannot',
    { params: InSection, body: Answer, may: canAnswer },
    ({ roundId, section }, answer, seat) => answerRound(deps, roundId, section, seat, answer),
  );
  addAct(
    'sections/:section/withdraw',
    'Takes one’s circle’s consent back; shown by day',
    { params: InSection, may: canAnswer },
    ({ roundId, section }, _, seat) => withdrawConsent(deps, roundId, section, seat),
  );
  registerRuleRoutes(router, deps);
}

function registerRuleRoutes(router: Router, deps: Deps): void {
  const inCircle = {
    path: '/api/circles/:circleId/rule',
    params: z.object({ circleId: CircleId }),
    who: seated(deps),
  };
  const circleFor = async (seat: Seat, id: CircleId, may: (seat: Seat, circle: CircleFacts) => boolean) => {
    const circle = await readCircle(deps.db, id);
    if (!may(seat, circle)) throw new LongtableError('notFound');
    return circle;
  };

  router.add({
    ...inCircle,
    method: 'get',
    summary: 'How a circle answers in rounds, as its members know it',
    answer: Rule,
    handle: async ({ who: seat, params }) =>
      readRule(deps, (await circleFor(seat, params.circleId, canSeeRule)).id),
  });

  router.add({
    ...inCircle,
    method: 'post',
    summary: 'Chooses how a circle answers: by whoever speaks for it, or when all inside agree',
    body: Rule,
    handle: async ({ who: seat, params, body }) =>
      chooseRule(deps, await circleFor(seat, params.circleId, canChooseRule), body),
  });
}

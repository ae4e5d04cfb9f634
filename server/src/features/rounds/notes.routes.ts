import { LongtableError } from '@longtable/shared/errors';
import { NoteId, RoundId } from '@longtable/shared/ids';
import { SectionKey } from '@longtable/shared/protocol/http/heard';
import { MarkNote, PutNote, RoundNotes, TakeBackNote } from '@longtable/shared/protocol/http/notes';
import { z } from 'zod';
import type { Deps } from '../../platform/deps.ts';
import type { Router } from '../../platform/http.ts';
import { type Seat, seated } from '../people/people.service.ts';
import { canMarkNote, canPutNote, canSeeNotes, canTakeBackNote } from './notes.policy.ts';
import { markNote, putNote, readNotes, takeBackNote } from './notes.service.ts';
import { readRound } from './rounds.service.ts';

const InSection = z.object({ roundId: RoundId, section: SectionKey });
const OfNote = InSection.extend({ noteId: NoteId });

export function registerNoteRoutes(router: Router, deps: Deps): void {
  const who = seated(deps);
  const inSection = { path: '/api/rounds/:roundId/sections/:section/notes', params: InSection, who };
  const ofNote = { method: 'post', params: OfNote, who } as const;
  const roundFor = async (seat: Seat, id: RoundId, may: typeof canSeeNotes) => {
    const round = await readRound(deps, id);
    if (!may(seat, round)) throw new LongtableError('notFound');
    return round;
  };

  router.add({
    ...inSection,
    method: 'get',
    summary: 'Questions, reactions and suggestions beside the words of a round, in no order of their coming',
    answer: RoundNotes,
    handle: async ({ who: seat, params: { roundId, section } }) =>
      readNotes(deps, await roundFor(seat, roundId, canSeeNotes), section, seat),
  });

  router.add({
    ...inSection,
    method: 'post',
    summary: 'Puts a note beside the words of a round, as a member; nobody’s, or one’s circle’s',
    body: PutNote,
    async handle({ who: seat, params: { roundId, section }, body }) {
      await roundFor(seat, roundId, canPutNote);
      await putNote(deps, roundId, section, seat, body);
    },
  });

  router.add({
    ...ofNote,
    path: `${inSection.path}/:noteId/take-back`,
    summary:
      'Takes a note back: with the token of the page that put it, or by the circle that it names or came from',
    body: TakeBackNote,
    async handle({ who: seat, params: { roundId, section, noteId }, body }) {
      await roundFor(seat, roundId, canTakeBackNote);
      await takeBackNote(deps, roundId, section, noteId, seat, body.takeBack);
    },
  });

  router.add({
    ...ofNote,
    path: `${inSection.path}/:noteId/mark`,
    summary: 'Says in one line what came of a note, or takes that off',
    body: MarkNote,
    async handle({ who: seat, params: { roundId, section, noteId }, body }) {
      await roundFor(seat, roundId, canMarkNote);
      await markNote(deps, roundId, section, noteId, body.mark);
    },
  });
}

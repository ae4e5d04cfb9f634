import { z } from 'zod';
import { CircleId, NoteId } from '../../ids.ts';
import { MAX_NOTE_CHARACTERS, MAX_NOTE_LINE_CHARACTERS } from '../../limits.ts';
import { NOTE_KINDS } from '../../rounds/notes.ts';

export const NoteKind = z.enum(NOTE_KINDS);

/** Whose a note is for everyone: nobody's, or the writer's circle's. Never a person's. */
export const NoteAttribution = z.enum(['none', 'circle']);
export type NoteAttribution = z.infer<typeof NoteAttribution>;

/** 32 random bytes in base64url, made and kept by the writer's page alone; the server keeps their hash. */
export const TakeBackToken = z.string().regex(/^[\w-]{43}$/);

/**
 * POST /api/rounds/:roundId/sections/:section/notes, by a member. The page makes the id, a random one, so that
 * sending again after a lost answer puts nothing twice.
 */
export const PutNote = z.object({
  id: NoteId,
  kind: NoteKind,
  text: z.string().trim().min(1).max(MAX_NOTE_CHARACTERS),
  attribution: NoteAttribution.default('none'),
  takeBack: TakeBackToken,
});
export type PutNote = z.infer<typeof PutNote>;

/** POST …/notes/:noteId/take-back: with the token of its page, or by any member of the circle that it names or came from. */
export const TakeBackNote = z.object({ takeBack: TakeBackToken.nullable().default(null) });

/** What came of a note, in one line. "Not now" says why. */
export const NoteMark = z
  .object({
    as: z.enum(['answered', 'taken', 'notNow']),
    line: z.string().trim().min(1).max(MAX_NOTE_LINE_CHARACTERS).nullable().default(null),
  })
  .refine(({ as, line }) => as !== 'notNow' || line !== null, { path: ['line'] });
export type NoteMark = z.infer<typeof NoteMark>;

/**
 * POST …/notes/:noteId/mark, by members and facilitators; null takes the mark off. A note that is marked must
 * lose its mark before it gets another: nobody's line is written over unread.
 */
export const MarkNote = z.object({ mark: NoteMark.nullable() });

export const RoundNote = z.object({
  id: NoteId,
  kind: NoteKind,
  /** Null where its circle took it out, and a gap stands in its place. */
  text: z.string().nullable(),
  /** The version of the words that it was said of. */
  version: z.number().int(),
  /** Null where it is nobody's. */
  circleId: CircleId.nullable(),
  mark: z.object({ as: NoteMark.shape.as, line: z.string().nullable() }).nullable(),
});
export type RoundNote = z.infer<typeof RoundNote>;

/** GET /api/rounds/:roundId/sections/:section/notes, in an order that says nothing of who came when. */
export const RoundNotes = z.object({
  notes: z.array(RoundNote),
  /** Of the words that are before the circles; a note of a lower one was said of earlier words. */
  version: z.number().int(),
  /** What the asking seat may put now. */
  open: z.array(NoteKind),
  /** Whether it may say now what came of a note. */
  mayMark: z.boolean(),
});
export type RoundNotes = z.infer<typeof RoundNotes>;

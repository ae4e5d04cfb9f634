import { z } from 'zod';
import { CircleId, DocumentId, RoundId, WordsId } from '../../ids.ts';
import { MAX_REASON_CHARACTERS, MAX_REVIEW_MONTHS } from '../../limits.ts';
import { PHASES } from '../../rounds/round.ts';
import { SectionKey } from './heard.ts';

export const Phase = z.enum(PHASES);

/** On screen: we can live with this · we have a worry · we cannot. */
export const Position = z.enum(['consent', 'concern', 'objection']);

/** How a circle answers: whoever speaks for it, or all who sit in it, of whose answers the worst counts. */
export const CircleRule = z.enum(['speaker', 'allAgree']);
export type CircleRule = z.infer<typeof CircleRule>;

/** What an export says of a circle's worry or objection: with its name, without, or nothing. */
export const Dissent = z.enum(['named', 'unnamed', 'inside']);
export type Dissent = z.infer<typeof Dissent>;

/**
 * GET and POST /api/circles/:circleId/rule, by a member. Counts from the circle's next first answer on. `isReleased`:
 * the agreement record in exports may name it beside the circle; else it stays inside.
 */
export const Rule = z.object({ rule: CircleRule, isReleased: z.boolean().default(false) });
export type Rule = z.infer<typeof Rule>;

/** POST /api/documents/:documentId/rounds, by a facilitator. What is agreed is looked at again after `reviewMonths`. */
export const OpenRound = z.object({
  sections: z
    .array(SectionKey)
    .min(1)
    .max(40)
    .refine((sections) => new Set(sections).size === sections.length),
  reviewMonths: z.number().int().min(1).max(MAX_REVIEW_MONTHS).default(6),
});
export type OpenRound = z.infer<typeof OpenRound>;
export const OpenedRound = z.object({ roundId: RoundId });
export type OpenedRound = z.infer<typeof OpenedRound>;

/** POST /api/rounds/:roundId/phase, by a facilitator. */
export const MoveRound = z.object({ phase: Phase });
export type MoveRound = z.infer<typeof MoveRound>;

/**
 * POST /api/rounds/:roundId/sections/:section/answer, by a member of a circle of the electorate. `version`
 * is the one that was read: another one put forward meanwhile is `notNow`.
 */
export const Answer = z
  .object({
    version: z.number().int().min(1),
    position: Position,
    reason: z.string().trim().min(1).max(MAX_REASON_CHARACTERS).nullable().default(null),
    dissent: Dissent.default('inside'),
  })
  .refine(({ position, reason }) => position === 'consent' || reason !== null, { path: ['reason'] });
export type Answer = z.infer<typeof Answer>;

/** A circle's answer as everyone sees it once answers are shown. `on` is a day, for answers given after that only. */
export const ShownAnswer = z.object({
  circleId: CircleId,
  position: Position,
  reason: z.string().nullable(),
  on: z.iso.date().nullable(),
});

const Withdrawn = z.object({ circleId: CircleId, on: z.iso.date() });

/** What the asking seat's own circle has said; seen inside it only. */
export const OwnAnswer = z.object({
  rule: CircleRule,
  /** As it counts for the circle now; null until it does. Under `allAgree` that is when everyone inside has answered. */
  position: Position.nullable(),
  /** What this seat said, under `speaker` what whoever spoke last said; null once everyone has been shown it. */
  mine: z.object({ position: Position, reason: z.string().nullable(), dissent: Dissent }).nullable(),
});

export const RoundSectionView = z.object({
  section: SectionKey,
  status: z.enum(['pinned', 'reopened', 'waiting', 'agreed']),
  version: z.number().int(),
  /** Its words are read-only for the sake of this round. */
  isHeld: z.boolean(),
  /** Taken out of the round while that went on: for this section it is over. */
  isReleased: z.boolean(),
  isRevealed: z.boolean(),
  /** Empty until answers are shown together, in the order of the table. */
  answers: z.array(ShownAnswer),
  /** Circles that have not answered; empty until answers are shown, so that it does not tell who has. */
  waitingFor: z.array(CircleId),
  /** Circles that took their consent back, with the day. */
  withdrawn: z.array(Withdrawn),
  /** What was shown of words that were put before the circles earlier in this round, the newest of them first. */
  earlier: z.array(
    z.object({ version: z.number().int(), answers: z.array(ShownAnswer), withdrawn: z.array(Withdrawn) }),
  ),
  agreedOn: z.iso.date().nullable(),
  reviewOn: z.iso.date().nullable(),
  /** Null for facilitators and for circles outside the electorate. */
  own: OwnAnswer.nullable(),
});

/** GET /api/rounds/:roundId, by anyone at the table. */
export const RoundView = z.object({
  id: RoundId,
  documentId: DocumentId,
  openedOn: z.iso.date(),
  phase: Phase,
  isClosed: z.boolean(),
  reviewMonths: z.number().int(),
  /** Circles that held a seat when it opened, in the order of the table. */
  electorate: z.array(CircleId),
  sections: z.array(RoundSectionView),
});
export type RoundView = z.infer<typeof RoundView>;

/** GET /api/documents/:documentId/rounds, the newest first. */
export const RoundList = z.object({
  rounds: z.array(
    z.object({
      id: RoundId,
      openedOn: z.iso.date(),
      phase: Phase,
      isClosed: z.boolean(),
      sections: z.array(
        z.object({
          section: SectionKey,
          status: RoundSectionView.shape.status,
          isReleased: z.boolean(),
          /** Whether another round may ask about it now. */
          isFree: z.boolean(),
        }),
      ),
    }),
  ),
});
export type RoundList = z.infer<typeof RoundList>;

/** Of one table of a section, as canonical content holds its rows. */
export const LiftedRows = z.object({
  key: z.string(),
  kind: z.literal('rows'),
  rows: z.array(z.record(z.string(), z.union([z.string(), z.array(z.string())]))),
});

/**
 * GET /api/rounds/:roundId/sections/:section/version: the exact words that circles answer to. `canonical` is
 * the text whose UTF-8 bytes were hashed: SHA-256 of salt, then bytes. Whoever shows it leaves gaps for `takenBack`.
 */
export const PinnedVersion = z.object({
  version: z.number().int(),
  madeOn: z.iso.date(),
  hash: z.string(),
  salt: z.base64(),
  canonical: z.string(),
  /** Of the words that it quotes, those that their circle has taken back since. */
  takenBack: z.array(WordsId),
  /** Rows that are lifted out of the section now, as still open: no part of what is hashed, or agreed to. */
  lifted: z.array(LiftedRows),
});
export type PinnedVersion = z.infer<typeof PinnedVersion>;

import { z } from 'zod';
import { CircleId, CodeId, PartnershipId, SeatId } from '../../ids.ts';
import { MAX_CODE_DAYS, MAX_CODE_USES, MAX_NAME_CHARACTERS } from '../../limits.ts';
import { Handle, Locale } from './people.ts';

/** Stakeholder groups (domain.md part 3). Known inside a circle only. */
export const CircleKind = z.enum(['LE', 'AR', 'FA', 'WO', 'NG', 'FR', 'DB', 'FU']);
export type CircleKind = z.infer<typeof CircleKind>;

/** PATCH /api/circles/:circleId, by a member. The name is what outsiders read. */
export const DescribeCircle = z.object({
  name: z.string().trim().min(1).max(MAX_NAME_CHARACTERS).optional(),
  kind: CircleKind.optional(),
});
export type DescribeCircle = z.infer<typeof DescribeCircle>;

/** GET /api/circles/:circleId, by a member. */
export const CircleInside = z.object({
  id: CircleId,
  number: z.number().int(),
  name: z.string().nullable(),
  kind: CircleKind.nullable(),
  members: z.array(z.object({ seatId: SeatId, handle: Handle })),
  door: z.array(z.object({ seatId: SeatId, handle: Handle })),
  /** Which word is asked of this circle on the table's page (anew.ts): whether it is here, or agrees about another. */
  anew: z.enum(['us', 'them']).nullable(),
});
export type CircleInside = z.infer<typeof CircleInside>;

/** POST /api/circles/:circleId/first-seat, by a facilitator of a circle where nobody sits yet. */
export const TakeFirstSeat = z.object({ handle: Handle });
export type TakeFirstSeat = z.infer<typeof TakeFirstSeat>;
export const TakenSeat = z.object({ seatId: SeatId });
export type TakenSeat = z.infer<typeof TakenSeat>;

/** POST /api/circles/:circleId/door/:seatId, by any member. */
export const AnswerDoor = z.object({ letIn: z.boolean() });
export type AnswerDoor = z.infer<typeof AnswerDoor>;

/** POST /api/circles/:circleId/codes. A facilitator may mint one founding code; a member any number of seat codes. */
export const MintCode = z.object({
  uses: z.number().int().min(1).max(MAX_CODE_USES),
  days: z.number().int().min(1).max(MAX_CODE_DAYS),
});
export type MintCode = z.infer<typeof MintCode>;

/** Shown once; the server keeps only a keyed hash. `url` carries the code in its fragment. */
export const MintedCode = z.object({
  id: CodeId,
  code: z.string(),
  url: z.string(),
  isFounding: z.boolean(),
});
export type MintedCode = z.infer<typeof MintedCode>;

/**
 * GET /api/circles/:circleId/codes, by a member; by a facilitator the founding code, while nobody sits there.
 * No user and no time: `expiresOn` is a day (YYYY-MM-DD).
 */
export const CodeList = z.object({
  codes: z.array(z.object({ id: CodeId, usesLeft: z.number().int(), expiresOn: z.iso.date() })),
});
export type CodeList = z.infer<typeof CodeList>;

/** POST /api/join. Codes are read without regard to case, spaces or dashes. */
export const Join = z.object({ code: z.string().min(4).max(64), handle: Handle, locale: Locale });
export type Join = z.infer<typeof Join>;
export const Joined = z.object({
  seatId: SeatId,
  partnershipId: PartnershipId,
  state: z.enum(['waiting', 'seated']),
});
export type Joined = z.infer<typeof Joined>;

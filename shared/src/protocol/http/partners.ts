import { z } from 'zod';
import { CircleId, PartnerId } from '../../ids.ts';
import { MAX_NAME_CHARACTERS, MAX_REASON_CHARACTERS, MAX_STATEMENT_CHARACTERS } from '../../limits.ts';
import { Handle, Locale } from './people.ts';

/** What an organisation is, where that is shown beside its circle's name at all times. */
export const DutyLabel = z.enum(['police', 'immigration', 'prosecutor', 'funder']);
export type DutyLabel = z.infer<typeof DutyLabel>;

/** POST /api/partnerships/:partnershipId/partners, by anyone at the table. */
export const InvitePartner = z.object({
  name: z.string().trim().min(1).max(MAX_NAME_CHARACTERS),
  locale: Locale,
});
export type InvitePartner = z.infer<typeof InvitePartner>;

/** Shown once. `url` carries the code in its fragment. */
export const InvitedPartner = z.object({ partnerId: PartnerId, code: z.string(), url: z.string() });
export type InvitedPartner = z.infer<typeof InvitedPartner>;

const words = z.string().trim().min(1).max(MAX_STATEMENT_CHARACTERS);

/** "None" is a good answer; no answer is not. */
export const Tie = z.discriminatedUnion('has', [
  z.object({ has: z.literal(false) }),
  z.object({ has: z.literal(true), words }),
]);
export type Tie = z.infer<typeof Tie>;

/** What an organisation says of itself before it asks for a seat. All circles read it. */
export const PartnerStatement = z.object({
  from: words,
  answersTo: words,
  ties: z.object({ police: Tie, immigration: Tie, funders: Tie }),
  /** What it is itself; empty where it is none of these. */
  is: z.array(DutyLabel).refine((labels) => new Set(labels).size === labels.length),
});
export type PartnerStatement = z.infer<typeof PartnerStatement>;

/**
 * `invited`: has not said anything yet. `asking`: not every circle has agreed; which, nobody is told. `agreed`:
 * all have, and it has a circle of its own.
 */
export const PartnerState = z.enum(['invited', 'asking', 'agreed']);
export type PartnerState = z.infer<typeof PartnerState>;

const code = z.string().min(4).max(64);

/** POST /api/askings/open, with a code: what the organisation itself may read. Asking already, it comes to this device. */
export const OpenAsking = z.object({ code });
export type OpenAsking = z.infer<typeof OpenAsking>;

/** All that an organisation sees before it sits: what it was called and what it said. Nothing of the table. */
export const Asking = z.object({
  partnerId: PartnerId,
  name: z.string(),
  /** The language in which to speak to it first. */
  locale: Locale,
  state: PartnerState,
  statement: PartnerStatement.nullable(),
});
export type Asking = z.infer<typeof Asking>;

/** GET /api/askings: what this device waits for. Without a session the list is empty. */
export const AskingList = z.object({ askings: z.array(Asking) });
export type AskingList = z.infer<typeof AskingList>;

/** POST /api/askings: sends the statement. The code that was given dies. */
export const SendStatement = z.object({ code, statement: PartnerStatement });
export type SendStatement = z.infer<typeof SendStatement>;

/** Shown once: brings the organisation back to where it waits, on whatever device. */
export const SentStatement = z.object({ partnerId: PartnerId, code: z.string(), url: z.string() });
export type SentStatement = z.infer<typeof SentStatement>;

/** POST /api/askings/:partnerId/seat, from the device that waits, once all have agreed. */
export const SitDown = z.object({ handle: Handle });
export type SitDown = z.infer<typeof SitDown>;

/** POST /api/partners/:partnerId/answer, by a member of a circle that is asked; the circle's last answer counts. */
export const AnswerPartner = z.object({
  answer: z.enum(['yes', 'notYet']),
  /** For those inside the circle only. */
  words: z.string().trim().min(1).max(MAX_REASON_CHARACTERS).nullable().default(null),
});
export type AnswerPartner = z.infer<typeof AnswerPartner>;

/** GET /api/partnerships/:partnershipId/partners, in an order that says nothing. */
export const PartnerList = z.object({
  partners: z.array(
    z.object({
      id: PartnerId,
      name: z.string(),
      state: PartnerState,
      statement: PartnerStatement.nullable(),
      circleId: CircleId.nullable(),
      /** Where the asking seat's circle is asked: what it answered. Seen inside it only. */
      own: z
        .object({ answer: z.enum(['yes', 'notYet']).nullable(), words: z.string().nullable() })
        .nullable(),
    }),
  ),
});
export type PartnerList = z.infer<typeof PartnerList>;
export type Partner = PartnerList['partners'][number];

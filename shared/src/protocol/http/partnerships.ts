import { z } from 'zod';
import { CircleId, DocumentId, PartnershipId, SeatId } from '../../ids.ts';
import { MAX_CIRCLES, MAX_CODE_DAYS, MAX_NAME_CHARACTERS, MAX_TITLE_CHARACTERS } from '../../limits.ts';
import { DocumentKind, TemplateKey } from '../../documents/template.ts';
import { AskedAnew } from './anew.ts';
import { Place } from './here.ts';
import { DutyLabel } from './partners.ts';
import { Handle, Locale } from './people.ts';

/** Who sets the table: somebody who leads the evening, or a group that invites others. Not kept. */
export const Starter = z.enum(['facilitator', 'group']);
export type Starter = z.infer<typeof Starter>;

/**
 * POST /api/partnerships. Starting gives process rights (a facilitator's seat), no content authority. A group's
 * starter sits down in a circle too, on a seat of its own.
 */
export const StartPartnership = z.object({
  /** Left out, somebody who leads the evening. */
  starter: Starter.optional(),
  title: z.string().trim().min(1).max(MAX_TITLE_CHARACTERS),
  template: TemplateKey,
  locales: z.array(Locale).min(1),
  circles: z.number().int().min(1).max(MAX_CIRCLES),
  handle: Handle,
});
export type StartPartnership = z.infer<typeof StartPartnership>;

/** `seatId` facilitates; `circleSeatId` is where a group's starter sits, null for anybody else. */
export const StartedPartnership = z.object({
  partnershipId: PartnershipId,
  seatId: SeatId,
  circleSeatId: SeatId.nullable(),
});
export type StartedPartnership = z.infer<typeof StartedPartnership>;

/**
 * POST /api/partnerships/:partnershipId/facilitator-codes, by a facilitator: a code for one further facilitator's
 * seat, who sits down at once. It opens once and takes the place of any earlier one.
 */
export const MintFacilitatorCode = z.object({ days: z.number().int().min(1).max(MAX_CODE_DAYS).default(7) });
export type MintFacilitatorCode = z.infer<typeof MintFacilitatorCode>;

/** Shown once. `url` carries the code in its fragment. */
export const FacilitatorCode = z.object({ code: z.string(), url: z.string() });
export type FacilitatorCode = z.infer<typeof FacilitatorCode>;

/** A circle as everyone in the partnership sees it. `kind` and members are not here: they are inside. */
export const CircleSummary = z.object({
  id: CircleId,
  number: z.number().int(),
  name: z.string().max(MAX_NAME_CHARACTERS).nullable(),
  isSeated: z.boolean(),
  /** Nobody could come back to it, and all others agreed that another is founded in its place. */
  isEnded: z.boolean(),
  /** Null where nothing is asked. */
  anew: AskedAnew.nullable(),
  isMine: z.boolean(),
  /** Kept for an organisation that the circles agreed to and that has not sat down yet: nobody else founds it. */
  isPromised: z.boolean(),
  /** Shown beside the name wherever that stands; empty for most. */
  labels: z.array(DutyLabel),
});
export type CircleSummary = z.infer<typeof CircleSummary>;

/** What lies on the table, and who sits at it. */
export const LaidTable = z.object({
  id: PartnershipId,
  title: z.string(),
  template: TemplateKey,
  locales: z.array(Locale),
  circles: z.array(CircleSummary),
  documents: z.array(z.object({ id: DocumentId, kind: DocumentKind })),
  /** Told to facilitators only: whether another device could carry on if this one failed. */
  hasSecondFacilitator: z.boolean().optional(),
});
export type LaidTable = z.infer<typeof LaidTable>;

/** GET /api/partnerships/:partnershipId — the table, and where the room is. */
export const Table = LaidTable.extend({
  /** As somebody said last; before anybody has, where a newcomer would expect the others. */
  here: Place,
  /** Whether the asking seat may say where the room is. */
  mayMoveHere: z.boolean(),
});
export type Table = z.infer<typeof Table>;

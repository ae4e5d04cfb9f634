import { z } from 'zod';
import { CircleId, DocumentId, RoundId } from '../../ids.ts';
import { DocumentKind } from '../../documents/template.ts';
import { Heard, SectionKey } from './heard.ts';

/** Where one section stands, as everyone at the table may know it. */
export const SectionStanding = z.object({
  section: SectionKey,
  /** Every seated circle, in the order of the table; empty where the section has no star. */
  heard: z.array(Heard),
  /**
   * `open`: being written. `inRound`: before the circles. `waiting`: those who answered can live with it.
   * `agreed`: everyone asked can. `changed`: agreed, and other words stand there now.
   */
  standing: z.enum(['open', 'inRound', 'waiting', 'agreed', 'changed']),
  /** `inRound`, and a circle cannot live with the words: they may be changed now, and are put forward again. */
  isReopened: z.boolean(),
  /** The round that it stands so by; null where it is open. */
  roundId: RoundId.nullable(),
  /** Circles that can live with the pinned words, once answers are shown. */
  agreedBy: z.array(CircleId),
  waitingFor: z.array(CircleId),
  agreedOn: z.iso.date().nullable(),
  reviewOn: z.iso.date().nullable(),
  /** How many times it was written in together: at the same head there is nothing to ask for again. */
  head: z.number().int().min(0),
  /** Whether anything was ever written there together; not whether it still stands. */
  isWritten: z.boolean(),
  /** Whether the words that stand there now are others than those pinned. */
  hasChanged: z.boolean(),
  /**
   * Of two rounds the other one: by which older words are agreed while newer ones are before the circles, or which
   * waits with newer words while the older ones stay agreed. Null where there is one round or none.
   */
  beside: z
    .object({
      roundId: RoundId,
      standing: z.enum(['waiting', 'agreed']),
      waitingFor: z.array(CircleId),
      agreedOn: z.iso.date().nullable(),
    })
    .nullable(),
});
export type SectionStanding = z.infer<typeof SectionStanding>;

/** GET /api/partnerships/:partnershipId/standing: documents and sections in the order of their templates. */
export const Standing = z.object({
  documents: z.array(z.object({ id: DocumentId, kind: DocumentKind, sections: z.array(SectionStanding) })),
});
export type Standing = z.infer<typeof Standing>;

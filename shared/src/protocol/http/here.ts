import { z } from 'zod';
import { DocumentKind } from '../../documents/template.ts';
import { DocumentId } from '../../ids.ts';
import { SectionKey } from './heard.ts';

/** A section of one of the table's documents. */
export const Place = z.object({ documentId: DocumentId, section: SectionKey });
export type Place = z.infer<typeof Place>;

/** POST /api/partnerships/:partnershipId/here: "we are here now", by a facilitator; by any member where none is seated. */
export const MoveHere = Place;
export type MoveHere = z.infer<typeof MoveHere>;

const named = Place.extend({ document: DocumentKind });

/** One line of what happened so far. The client has the words around it, in the reader's language. */
export const CatchUpLine = z.discriminatedUnion('line', [
  z.object({ line: z.literal('nothing') }),
  /** How many of the sections on the table are agreed. */
  z.object({ line: z.literal('agreed'), count: z.number().int(), total: z.number().int() }),
  /** A section's first sentence: of the words agreed to, or as they stand there now. */
  named.extend({ line: z.literal('words'), isAgreed: z.boolean(), text: z.string() }),
  /** Sections that have words and are not agreed; the first few of them by name. */
  z.object({ line: z.literal('drafted'), count: z.number().int(), sections: z.array(named) }),
  named.extend({ line: z.literal('here'), isInRound: z.boolean() }),
]);
export type CatchUpLine = z.infer<typeof CatchUpLine>;

/** As many as a person can take in who has just come through the door. */
export const MAX_CATCH_UP_LINES = 5;

/** GET /api/partnerships/:partnershipId/catch-up: made of the joint text only. */
export const CatchUp = z.object({ lines: z.array(CatchUpLine).min(1).max(MAX_CATCH_UP_LINES) });
export type CatchUp = z.infer<typeof CatchUp>;

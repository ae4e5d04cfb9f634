import { z } from 'zod';
import { CircleId, RoundId } from '../../ids.ts';

/** A stretch of words; put together without the removed ones they are what stands there now. */
export const DifferencePart = z.object({ kind: z.enum(['same', 'added', 'removed']), text: z.string() });
export type DifferencePart = z.infer<typeof DifferencePart>;

/** A row whose words changed is `changed`; of the others all parts are of one kind. */
export const RowDifference = z.object({
  kind: z.enum(['same', 'added', 'removed', 'changed']),
  /** In the order of the template, blank ones absent. Of choices and dates each part is one option key or date. */
  cells: z.array(z.object({ column: z.string(), parts: z.array(DifferencePart) })),
});
export type RowDifference = z.infer<typeof RowDifference>;

/**
 * GET /api/documents/:documentId/sections/:section/difference: from the words that circles agreed to, to those
 * that stand there now. `notFound` where circles have agreed to none.
 */
export const SectionDifference = z.object({
  roundId: RoundId,
  agreedBy: z.array(CircleId),
  agreedOn: z.iso.date().nullable(),
  /** The running text, one line a block. */
  text: z.array(DifferencePart),
  fields: z.array(
    z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('text'), key: z.string(), parts: z.array(DifferencePart) }),
      z.object({ kind: z.literal('rows'), key: z.string(), rows: z.array(RowDifference) }),
    ]),
  ),
  /** The words are the same, and something about their form is not: a heading, a list, bold, a link. */
  isFormOnly: z.boolean(),
});
export type SectionDifference = z.infer<typeof SectionDifference>;

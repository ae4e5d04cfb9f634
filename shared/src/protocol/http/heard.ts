import { z } from 'zod';
import { CircleId, DocumentId, SeatId } from '../../ids.ts';
import { MAX_SUPPORT_CHARACTERS } from '../../limits.ts';

/** What a circle says of itself on a starred section. Others see `spoke` and `passed` as heard, all else as not yet. */
export const HeardMark = z.enum(['spoke', 'passed', 'notSafe']);
export type HeardMark = z.infer<typeof HeardMark>;

/** A section's key in its document's template. */
export const SectionKey = z.string().min(1).max(60);

/** POST /api/circles/:circleId/heard, by any member; the last one counts. `mark` null takes it back. */
export const MarkHeard = z.object({
  documentId: DocumentId,
  section: SectionKey,
  mark: HeardMark.nullable(),
});
export type MarkHeard = z.infer<typeof MarkHeard>;

/** Who is told when something is not safe to say: one of the circle's own seats, or someone outside. */
export const Support = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('seat'), seatId: SeatId }),
  z.object({ kind: z.literal('text'), text: z.string().trim().min(1).max(MAX_SUPPORT_CHARACTERS) }),
]);
export type Support = z.infer<typeof Support>;

/** POST /api/circles/:circleId/support, by any member. Null chooses nobody. */
export const ChooseSupport = z.object({ support: Support.nullable() });
export type ChooseSupport = z.infer<typeof ChooseSupport>;

const marked = z.object({ documentId: DocumentId, section: SectionKey });

/** GET /api/circles/:circleId/heard, by a member: the circle's own view, seen by nobody else. */
export const CircleHeard = z.object({
  marks: z.array(marked.extend({ mark: HeardMark })),
  /** Null where nobody is chosen, or the one who was has left. */
  support: Support.nullable(),
  /** What the circle marked as not safe, for the seat that it chose for support; empty for every other seat. */
  notices: z.array(marked),
});
export type CircleHeard = z.infer<typeof CircleHeard>;

/** A circle on a starred section as everyone at the table sees it. */
export const Heard = z.object({ circleId: CircleId, isHeard: z.boolean() });
export type Heard = z.infer<typeof Heard>;

import { z } from 'zod';
import type { CanonicalBlock } from '../../documents/canonical.ts';
import { BLOCK_KINDS } from '../../documents/model/keys.ts';
import { CircleId, DocumentId, RoomId, WordsId } from '../../ids.ts';
import { SectionKey } from './heard.ts';

/** What a circle says of its own draft of a section: it puts the words before the others, or passes. */
export const Said = z.enum(['words', 'pass']);
export type Said = z.infer<typeof Said>;

/**
 * POST /api/circles/:circleId/words, by any member. `words` takes the circle's own draft as it is committed now,
 * in place of what was shared before; null takes words or pass back. `notNow` where there is no draft to share, or
 * where it is not what the person saw.
 */
export const SayWords = z.object({
  documentId: DocumentId,
  section: SectionKey,
  said: Said.nullable(),
  /** With `words`: `wordsSeen` of the draft as it was on screen. */
  seen: z.string().length(64).optional(),
  /** Where this takes words back: their quotes stay in the joint text and in exports, and are nobody's. */
  keepQuotes: z.boolean().optional(),
});
export type SayWords = z.infer<typeof SayWords>;

/**
 * GET /api/circles/:circleId/quotes, by a member: where words of the circle that it shares, or has taken back, stand as
 * quotes in any joint text of the table now. `isFixed`: before the circles, and cannot be changed.
 */
export const CircleQuotes = z.object({
  rooms: z.array(
    z.object({
      roomId: RoomId,
      wordsId: WordsId,
      isTakenBack: z.boolean(),
      count: z.number().int(),
      isFixed: z.boolean(),
    }),
  ),
});
export type CircleQuotes = z.infer<typeof CircleQuotes>;

/** GET /api/documents/:documentId/words: who has shared, section by section in the order of the template. */
export const DocumentWords = z.object({
  sections: z.array(
    z.object({
      section: SectionKey,
      /** What the asking seat's own circle said; seen inside it only. */
      own: Said.nullable(),
      /** Whether that circle has taken words back here, which may still be quoted somewhere; seen inside it only. */
      hasTakenBack: z.boolean(),
      /** Whether this seat may read what others have shared: not before its own circle has spoken or passed. */
      isOpen: z.boolean(),
      /** Circles that somebody sits in or that have shared, in the order of the table. To others, a pass is "not yet". */
      circles: z.array(z.object({ circleId: CircleId, wordsId: WordsId.nullable() })),
    }),
  ),
});
export type DocumentWords = z.infer<typeof DocumentWords>;

const Run = z.object({
  text: z.string(),
  bold: z.literal(true).exactOptional(),
  italic: z.literal(true).exactOptional(),
  href: z.string().exactOptional(),
});

const Block = z.object({
  kind: z.enum(BLOCK_KINDS),
  level: z.number().int().exactOptional(),
  indent: z.number().int().exactOptional(),
  cites: z.string().exactOptional(),
  runs: z.array(Run),
}) satisfies z.ZodType<CanonicalBlock>;

/** GET /api/documents/:documentId/sections/:section/words: what this seat may read, in the order of the table. */
export const SectionWords = z.object({
  words: z.array(z.object({ wordsId: WordsId, circleId: CircleId, blocks: z.array(Block) })),
});
export type SectionWords = z.infer<typeof SectionWords>;

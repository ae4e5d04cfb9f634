import { z } from 'zod';
import { MAX_TABLE_CARDS } from '../../limits.ts';

export const PaperSize = z.enum(['a4', 'letter']);
export type PaperSize = z.infer<typeof PaperSize>;

/**
 * POST /api/circles/:circleId/codes/:codeId/cards, by whoever may make that code, answers a PDF. The server keeps
 * no code, so it must be brought while it is still known.
 */
export const PrintTableCards = z.object({
  code: z.string().min(4).max(64),
  cards: z.number().int().min(1).max(MAX_TABLE_CARDS),
  paper: PaperSize,
});
export type PrintTableCards = z.infer<typeof PrintTableCards>;

import { isHeld, type RoundState } from './round.ts';

/** What people put beside words that are fixed: a question, how it sounds to them, other words for it. */
export const NOTE_KINDS = ['question', 'reaction', 'suggestion'] as const;
export type NoteKind = (typeof NOTE_KINDS)[number];

/**
 * Kinds of note that may be put now. Words that are fixed stay open to suggestions in every phase; where members
 * may change them, they write there instead.
 */
export function noteKindsNow(round: RoundState, section: string): NoteKind[] {
  if (!isHeld(round, section)) return [];
  const { phase } = round;
  if (phase === 'clarify') return ['question', 'suggestion'];
  if (phase === 'react') return ['reaction', 'suggestion'];
  return ['suggestion'];
}

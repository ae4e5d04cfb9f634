/**
 * The one door for counts of people: whatever is shown on a screen, sent over a wire, written to a file or a
 * log as a number of people comes out of here. A number below the threshold is not published, zero neither:
 * in a small group both point at somebody. (k: the field's practice, 5 among partners, 11 in public.)
 */
export type CountAudience = 'partnership' | 'public';

export const K_THRESHOLD: Record<CountAudience, number> = { partnership: 5, public: 11 };

/** The count as it may be shown to this audience; null where it may not. */
export function publishCount(count: number, audience: CountAudience): number | null {
  return count >= K_THRESHOLD[audience] ? count : null;
}

/** The quick form fits in this as a whole. */
export const QUICK_LIMIT_MS = 50_000;
/** When a run of it that is still under way is ended. */
export const QUICK_END_MS = 40_000;
/** What a generator that was told to end may take to remove its server and its database, on a slow machine too. */
export const ENDING_MS = 8_000;
/** What is printed last is still read. */
export const PIPES_MS = 1_000;
/** Longer than any run takes on a slow machine: one that hangs must not keep the others from being measured. */
export const MOST_RUN_MS = 15 * 60_000;

/** Another round begins only where one like the longest so far would be over in time. */
export const isTimeForMore = (nowMs: number, longestRoundMs: number, untilMs: number): boolean =>
  nowMs + longestRoundMs <= untilMs;

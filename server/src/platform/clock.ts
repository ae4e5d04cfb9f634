/** The only source of time, so that tests can set it. */
export interface Clock {
  nowMs(): number;
  /** Today in UTC as YYYY-MM-DD: the finest time that a row about a person may carry. */
  today(): string;
}

export const systemClock: Clock = {
  nowMs: () => Date.now(),
  today: () => new Date().toISOString().slice(0, 10),
};

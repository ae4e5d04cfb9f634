import type { Clock } from '../platform/clock.ts';

export interface TestClock extends Clock {
  advanceMs(ms: number): void;
}

/** Stands still until it is moved. */
export function createTestClock(startMs = Date.UTC(2026, 10, 21, 9)): TestClock {
  let nowMs = startMs;
  return {
    nowMs: () => nowMs,
    today: () => new Date(nowMs).toISOString().slice(0, 10),
    advanceMs: (ms) => {
      nowMs += ms;
    },
  };
}

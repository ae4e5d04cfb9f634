import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Retry, type Waits } from './retry.ts';

describe('what is tried again later', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  /** How long each of the next tries waits where the draw is always the same share of the longest. */
  const waitsOf = (retry: Retry, tries: number, drawn: number): number[] => {
    jest.spyOn(Math, 'random').mockReturnValue(drawn);
    return Array.from({ length: tries }, () => {
      const startedMs = Date.now();
      let isTried = false;
      retry.later(() => (isTried = true));
      while (!isTried) jest.advanceTimersToNextTimer();
      return Date.now() - startedMs;
    });
  };

  it('R27 waits longer each time, up to the longest, and short again once it worked', () => {
    const retry = new Retry({ firstMs: 400, lastMs: 3_000 });
    expect(waitsOf(retry, 5, 1)).toEqual([400, 800, 1_600, 3_000, 3_000]);
    retry.reset();
    expect(waitsOf(retry, 1, 1)).toEqual([400]);
  });

  it('R27 waits as long as the first time for as often as it is told', () => {
    const waits: Waits = { firstMs: 1_000, lastMs: 5_000, alike: 3 };
    expect(waitsOf(new Retry(waits), 7, 1)).toEqual([1_000, 1_000, 1_000, 2_000, 4_000, 5_000, 5_000]);
  });

  it('R27 draws each wait between nothing and the longest', () => {
    expect(waitsOf(new Retry({ firstMs: 400, lastMs: 3_000 }), 2, 0.25)).toEqual([100, 200]);
    expect(waitsOf(new Retry({ firstMs: 400, lastMs: 3_000 }), 2, 0)).toEqual([0, 0]);
  });
});

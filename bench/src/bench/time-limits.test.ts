import { expect, it } from '@jest/globals';
import { isTimeForMore } from './time-limits.ts';

it('another round begins only where the longest so far would still be over in time', () => {
  expect(isTimeForMore(20_000, 20_000, 46_000)).toBe(true);
  expect(isTimeForMore(20_000, 26_000, 46_000)).toBe(true);
  expect(isTimeForMore(20_000, 26_001, 46_000)).toBe(false);
  expect(isTimeForMore(20_000, 3_600_000, Number.POSITIVE_INFINITY)).toBe(true);
});

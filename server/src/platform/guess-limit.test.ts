import { describe, expect, it } from '@jest/globals';
import { MAX_WRONG_CODES, MAX_WRONG_CODES_SERVER } from '@longtable/shared/limits';
import { createTestClock } from '../testing/test-clock.ts';
import { createGuessLimit } from './guess-limit.ts';

describe('wrong codes', () => {
  it('stop one device after some, others not, and only for ten minutes', () => {
    const clock = createTestClock();
    const limit = createGuessLimit(clock);
    for (let i = 0; i < MAX_WRONG_CODES; i += 1) {
      expect(limit.isOver('one')).toBe(false);
      limit.countWrong('one');
    }
    expect(limit.isOver('one')).toBe(true);
    expect(limit.isOver('other')).toBe(false);
    expect(limit.isOver(null)).toBe(false);
    clock.advanceMs(600_000);
    expect(limit.isOver('one')).toBe(false);
  });

  it('stop everybody once the whole server has taken too many', () => {
    const limit = createGuessLimit(createTestClock());
    for (let i = 0; i < MAX_WRONG_CODES_SERVER; i += 1) limit.countWrong(null);
    expect(limit.isOver('anyone')).toBe(true);
    expect(limit.isOver(null)).toBe(true);
  });
});

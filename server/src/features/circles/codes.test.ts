import { describe, expect, it } from '@jest/globals';
import { MAX_WRONG_CODES, MAX_WRONG_CODES_SERVER } from '@longtable/shared/limits';
import { createTestClock } from '../../testing/test-clock.ts';
import { newCode, readCode, showCode } from './codes.ts';
import { createGuessLimit } from '../../platform/guess-limit.ts';

describe('codes', () => {
  it('have eight characters that nobody confuses, 40 random bits', () => {
    const codes = new Set(Array.from({ length: 500 }, newCode));
    expect(codes.size).toBe(500);
    for (const code of codes) expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{8}$/);
    expect(new Set([...codes].join('')).size).toBe(32);
  });

  it('are shown in two groups', () => expect(showCode('ABCD1234')).toBe('ABCD-1234'));

  it.each([
    ['ABCD-1234', 'ABCD1234'],
    ['  abcd 1234 ', 'ABCD1234'],
    ['a-b-c-d-1-2-3-4', 'ABCD1234'],
    ['ABCD–1234', 'ABCD1234'],
    ['OIL0 oil0', '01100110'],
  ])('%j is read as %s', (typed, code) => expect(readCode(typed)).toBe(code));

  it.each(['', 'ABCD-123', 'ABCD-12345', 'ABCD-123U', 'ABCD-123ß', '١٢٣٤٥٦٧٨'])('%j is no code', (typed) => {
    expect(readCode(typed)).toBeNull();
  });
});

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

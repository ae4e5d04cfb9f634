import { describe, expect, it } from '@jest/globals';
import { LongtableError } from '@longtable/shared/errors';
import { MAX_WRONG_CODES, MAX_WRONG_CODES_SERVER } from '@longtable/shared/limits';
import { createTestClock } from '../testing/test-clock.ts';
import { createGuessLimit, type GuessLimit } from './guess-limit.ts';

const wrong = async () => {
  throw new LongtableError('codeUnknown');
};
const right = async () => 'in';
const guess = (limit: GuessLimit, device: string | null, use: () => Promise<unknown> = wrong) =>
  limit.attempt(device, use).catch((error: LongtableError) => error.code);

describe('wrong codes', () => {
  it('stop one device after some, others not, and only for ten minutes', async () => {
    const clock = createTestClock();
    const limit = createGuessLimit(clock);
    for (let i = 0; i < MAX_WRONG_CODES; i += 1) expect(await guess(limit, 'one')).toBe('codeUnknown');
    expect(await guess(limit, 'one', right)).toBe('tooManyGuesses');
    expect(await guess(limit, 'other', right)).toBe('in');
    expect(await guess(limit, null, right)).toBe('in');
    clock.advanceMs(600_000);
    expect(await guess(limit, 'one', right)).toBe('in');
  });

  it('stop everybody once the whole server has taken too many', async () => {
    const limit = createGuessLimit(createTestClock());
    for (let i = 0; i < MAX_WRONG_CODES_SERVER; i += 1) await guess(limit, null);
    expect(await guess(limit, 'anyone', right)).toBe('tooManyGuesses');
    expect(await guess(limit, null, right)).toBe('tooManyGuesses');
  });

  it('count before the code is looked at, so that sending them all at once tries no more of them', async () => {
    const limit = createGuessLimit(createTestClock());
    let looked = 0;
    let look = () => {};
    const held = new Promise<void>((resolve) => (look = resolve));
    const slowly = async () => {
      looked += 1;
      await held;
      return wrong();
    };
    const answers = Array.from({ length: MAX_WRONG_CODES * 3 }, () => guess(limit, 'one', slowly));
    look();
    const counted = (await Promise.all(answers)).filter((code) => code === 'tooManyGuesses').length;
    expect([looked, counted]).toEqual([MAX_WRONG_CODES, MAX_WRONG_CODES * 2]);
  });

  it('are none that were right, or that failed for another reason', async () => {
    const limit = createGuessLimit(createTestClock());
    const away = async () => {
      throw new LongtableError('unavailable');
    };
    for (let i = 0; i < MAX_WRONG_CODES * 2; i += 1) {
      expect(await guess(limit, 'one', right)).toBe('in');
      expect(await guess(limit, 'one', away)).toBe('unavailable');
    }
  });
});

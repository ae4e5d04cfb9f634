import { describe, expect, it } from '@jest/globals';
import { MAX_WRONG_PINS } from '@longtable/shared/limits';
import { createMemoryKeyring } from '../../platform/memory-keyring.ts';
import { createTestClock } from '../../testing/test-clock.ts';
import type { SessionId } from './people.repository.ts';
import { createPinLimit, hashPin, isEasyPin } from './pins.ts';

const [one, other] = [
  '6b0f4c1e-5c39-4b39-9a29-0d5b0a0a1f01',
  '6b0f4c1e-5c39-4b39-9a29-0d5b0a0a1f02',
] as SessionId[];

describe('a PIN', () => {
  it.each(['0000', '111111', '1234', '123456', '9876', '3210'])('%s is too easy', (pin) => {
    expect(isEasyPin(pin)).toBe(true);
  });

  it.each(['1357', '1233', '1112', '9012', '202020', '4931'])('%s is good enough', (pin) => {
    expect(isEasyPin(pin)).toBe(false);
  });

  it('is kept so that neither another phone nor another server’s keys give the same bytes', async () => {
    const keyring = createMemoryKeyring();
    const kept = await hashPin(keyring, one!, '4931');
    expect(kept).toHaveLength(32);
    expect(await hashPin(keyring, one!, '4931')).toEqual(kept);
    expect(await hashPin(keyring, one!, '4932')).not.toEqual(kept);
    expect(await hashPin(keyring, other!, '4931')).not.toEqual(kept);
    expect(await hashPin(createMemoryKeyring(), one!, '4931')).not.toEqual(kept);
  });
});

describe('wrong PINs', () => {
  const wrong = async () => null;
  const right = async () => 'found';
  const start = async (count: number) => {
    const clock = createTestClock();
    const limit = createPinLimit(clock);
    for (let i = 0; i < count; i += 1) expect(await limit.attempt(one!, wrong)).toBeNull();
    return { clock, limit };
  };

  it('make one phone wait, each time longer, others not, and nobody for ever', async () => {
    const { clock, limit } = await start(MAX_WRONG_PINS);
    for (const waitMs of [30_000, 60_000, 120_000, 240_000, 480_000]) {
      await expect(limit.attempt(one!, right)).rejects.toMatchObject({ code: 'tooManyGuesses' });
      expect(await limit.attempt(other!, right)).toBe('found');
      clock.advanceMs(waitMs - 1);
      await expect(limit.attempt(one!, right)).rejects.toMatchObject({ code: 'tooManyGuesses' });
      clock.advanceMs(1);
      await limit.attempt(one!, wrong);
    }
    clock.advanceMs(900_000);
    expect(await limit.attempt(one!, right)).toBe('found');
  });

  it('are not wiped away by a right one in between', async () => {
    const { limit } = await start(MAX_WRONG_PINS - 1);
    expect(await limit.attempt(one!, right)).toBe('found');
    await limit.attempt(one!, wrong);
    await expect(limit.attempt(one!, right)).rejects.toMatchObject({ code: 'tooManyGuesses' });
  });

  it('are looked at one after the other: many at once are no more than one', async () => {
    const { limit } = await start(0);
    let answer = (_found: null) => {};
    const first = limit.attempt(one!, () => new Promise<null>((resolve) => (answer = resolve)));
    await expect(limit.attempt(one!, right)).rejects.toMatchObject({ code: 'tooFast' });
    answer(null);
    expect(await first).toBeNull();
    expect(await limit.attempt(one!, right)).toBe('found');
  });

  it('are forgiven one by one, because fingers slip all evening', async () => {
    const { clock, limit } = await start(MAX_WRONG_PINS - 1);
    clock.advanceMs(600_000);
    await limit.attempt(one!, wrong);
    expect(await limit.attempt(one!, right)).toBe('found');
  });
});

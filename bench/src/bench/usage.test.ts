import { describe, expect, it } from '@jest/globals';
import { settled } from './usage.ts';

const looks = (seen: (look: number) => number) => {
  let look = 0;
  return () => Promise.resolve(seen(look++));
};

describe('memory', () => {
  it('is what is seen once it stands still', async () => {
    const seen = [90, 60, 50, 49.6, 10];
    expect(await settled(looks((look) => seen[look] ?? 0))).toBe(49.6);
  });

  it('is no figure where it never stands still', async () => {
    await expect(settled(looks((look) => 100 + look))).rejects.toThrow(/did not stand still/);
  });
});

import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { K_THRESHOLD, publishCount } from './small-numbers.ts';

describe('small numbers', () => {
  it('publishes no number below the threshold, and no zero', () => {
    fc.assert(
      fc.property(
        fc.nat(200),
        fc.constantFrom('partnership' as const, 'public' as const),
        (count, audience) => {
          expect(publishCount(count, audience)).toBe(count < K_THRESHOLD[audience] ? null : count);
        },
      ),
      {
        examples: [
          [0, 'partnership'],
          [4, 'partnership'],
          [5, 'partnership'],
          [10, 'public'],
          [11, 'public'],
        ],
      },
    );
  });

  it('is stricter towards the public', () => {
    expect(K_THRESHOLD.public).toBeGreaterThan(K_THRESHOLD.partnership);
  });
});

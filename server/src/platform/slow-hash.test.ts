import { expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import type { LongtableError } from '@longtable/shared/errors';
import { type HashLane, slowHash } from './slow-hash.ts';

const hash = (lane: HashLane, text: string) => slowHash(lane, text, randomBytes(16), randomBytes(16));

it.each([
  ['words', 'pin'],
  ['pin', 'words'],
] as const)(
  'a flood of %s keeps no %s waiting',
  async (flooded, other) => {
    const answers = Array.from({ length: 150 }, (_, index) =>
      hash(flooded, `${index}`).then(
        () => 'done',
        ({ code }: LongtableError) => code,
      ),
    );
    let isFloodOver = false;
    const flood = Promise.all(answers).then((codes) => {
      isFloodOver = true;
      return codes;
    });
    await hash(other, 'mine');
    expect(isFloodOver).toBe(false);
    // One at work and a hundred in the queue; the rest are asked to come again.
    expect((await flood).filter((code) => code === 'tooFast')).toHaveLength(49);
  },
  30_000,
);

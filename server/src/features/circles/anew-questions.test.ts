import { describe, expect, it } from '@jest/globals';
import type { CircleId } from '@longtable/shared/ids';
import { haveOthersAgreed, questionsToLookAt } from './anew-questions.ts';

const circles = (names: string) => new Set([...names] as CircleId[]);

describe('whether the time may run after which it is looked whether anybody is left in circle b', () => {
  it.each([
    ['abc', 'b', 'ac', true],
    ['abc', 'b', 'a', false],
    // A circle that did not sit has no word.
    ['ab', 'b', 'ac', true],
    ['b', 'b', '', true],
    // Two that are asked about do not wait for each other, but somebody must be left to agree.
    ['abc', 'bc', 'a', true],
    ['bc', 'bc', '', false],
    ['abc', 'abc', '', false],
  ])('of “%s”, asked about “%s”, agreeing “%s”: %s', (seated, asked, agreeing, expected) => {
    expect(haveOthersAgreed('b' as CircleId, circles(seated), circles(asked), circles(agreeing))).toBe(
      expected,
    );
  });
});

describe('what is looked at together at the time 10', () => {
  it.each([
    ['abc', [['a', 'bc', 10]], 'a'],
    ['abc', [['a', 'bc', 11]], ''],
    ['abc', [['a', 'bc', null]], ''],
    // Somebody has sat down since.
    ['abcd', [['a', 'bc', 10]], ''],
    // One that has not agreed is passed over only at the moment at which it is looked at itself.
    [
      'abc',
      [
        ['a', 'b', 10],
        ['c', 'b', 11],
      ],
      '',
    ],
    [
      'abc',
      [
        ['a', 'bc', 10],
        ['c', 'b', 11],
      ],
      'a',
    ],
    [
      'abc',
      [
        ['a', 'b', 10],
        ['c', 'b', 10],
      ],
      'ac',
    ],
    [
      'abcd',
      [
        ['a', 'b', 10],
        ['c', 'b', 10],
        ['d', 'b', null],
      ],
      '',
    ],
  ] as [string, [string, string, number | null][], string][])(
    'of “%s”, %j: “%s”',
    (seated, asks, expected) => {
      const open = asks.map(([about, agreeing, looksFromMs]) => ({
        about: about as CircleId,
        agreeing: circles(agreeing),
        looksFromMs,
      }));
      const looked = questionsToLookAt({ seated: circles(seated), open, answered: [] }, 10);
      expect(looked.map(({ about }) => about).join('')).toBe(expected);
    },
  );
});

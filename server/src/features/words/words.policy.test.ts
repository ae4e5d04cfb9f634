import { describe, expect, it } from '@jest/globals';
import type { CircleId, PartnershipId, SeatId } from '@longtable/shared/ids';
import type { Seat } from '../people/people.service.ts';
import { canReadOthersWords, canSayWords, canSeeWhoShared } from './words.policy.ts';

const [here, elsewhere] = ['here', 'elsewhere'] as PartnershipId[];
const [mine, theirs, third] = ['mine', 'theirs', 'third'] as CircleId[];
const circle = { id: mine!, partnershipId: here!, hasMembers: true, isPromised: false };

const seats = {
  member: { role: 'member', circleId: mine!, partnershipId: here! },
  'member of another circle': { role: 'member', circleId: theirs!, partnershipId: here! },
  facilitator: { role: 'facilitator', circleId: null, partnershipId: here! },
  'member elsewhere': { role: 'member', circleId: theirs!, partnershipId: elsewhere! },
  'facilitator elsewhere': { role: 'facilitator', circleId: null, partnershipId: elsewhere! },
} as const;
type Who = keyof typeof seats;

const seat = (who: Who, state: Seat['state'] = 'seated'): Seat => ({
  id: 'seat' as SeatId,
  sessionId: null,
  state,
  ...seats[who],
});

const states = ['waiting', 'seated', 'refused', 'left'] as const;
const everybody = (Object.keys(seats) as Who[]).flatMap((who) => states.map((state) => ({ who, state })));

describe('who may say a circle’s own words, and see who has', () => {
  it.each(everybody)('$who · $state', ({ who, state }) => {
    expect(canSayWords(seat(who, state), circle)).toBe(
      state === 'seated' && seats[who].circleId === mine && who === 'member',
    );
    expect(canSeeWhoShared(seat(who, state), circle)).toBe(
      state === 'seated' && seats[who].partnershipId === here,
    );
  });
});

/** [who reads, which circles have shared or passed, whether they may]; circles seated: mine, theirs. */
const rows: [Who, CircleId[], boolean][] = [
  ['member', [], false],
  ['member', [theirs!], false],
  ['member', [theirs!, third!], false],
  ['member', [mine!], true],
  ['member', [mine!, theirs!], true],
  ['member of another circle', [mine!], false],
  ['member of another circle', [theirs!], true],
  ['facilitator', [], false],
  ['facilitator', [mine!], false],
  ['facilitator', [theirs!, third!], false],
  ['facilitator', [mine!, theirs!], true],
  ['facilitator', [mine!, theirs!, third!], true],
  ['member elsewhere', [mine!, theirs!], false],
  ['facilitator elsewhere', [mine!, theirs!], false],
];

describe('own words first: who may read the others’ words on a section', () => {
  const seated = new Set([mine!, theirs!]);
  it.each(rows)('%s, when these have spoken or passed: %j: %s', (who, said, expected) => {
    const place = { partnershipId: here!, seated, said: new Set(said) };
    expect(canReadOthersWords(seat(who), place)).toBe(expected);
    for (const state of ['waiting', 'refused', 'left'] as const)
      expect(canReadOthersWords(seat(who, state), place)).toBe(false);
  });

  it('a facilitator reads nothing where nobody sits', () => {
    const nobody = { partnershipId: here!, seated: new Set<CircleId>(), said: new Set([mine!]) };
    expect(canReadOthersWords(seat('facilitator'), nobody)).toBe(false);
  });
});

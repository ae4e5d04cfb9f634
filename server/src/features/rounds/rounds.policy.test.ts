import { describe, expect, it } from '@jest/globals';
import type { CircleId, PartnershipId, SeatId } from '@longtable/shared/ids';
import type { Seat } from '../people/people.service.ts';
import * as policy from './rounds.policy.ts';

const [here, elsewhere] = ['here', 'elsewhere'] as PartnershipId[];
const [mine, theirs] = ['mine', 'theirs'] as CircleId[];
const place = { id: mine!, partnershipId: here!, hasMembers: true, isPromised: false };

const seat = (
  role: Seat['role'],
  partnershipId: PartnershipId,
  circleId: CircleId | null,
  state: Seat['state'] = 'seated',
): Seat => ({
  id: 'seat' as SeatId,
  sessionId: null,
  role,
  partnershipId,
  circleId,
  state,
});

const seats = {
  member: seat('member', here!, mine!),
  'member of another circle': seat('member', here!, theirs!),
  'waiting at the door': seat('member', here!, mine!, 'waiting'),
  'gone member': seat('member', here!, mine!, 'left'),
  facilitator: seat('facilitator', here!, null),
  'facilitator gone': seat('facilitator', here!, null, 'left'),
  'member elsewhere': seat('member', elsewhere!, theirs!),
  'facilitator elsewhere': seat('facilitator', elsewhere!, null),
};
type Who = keyof typeof seats;

/** Who may; everyone else may not. */
const table: Record<keyof typeof policy, Who[]> = {
  canOpenRound: ['facilitator'],
  canMoveRound: ['facilitator'],
  canSeeRound: ['member', 'member of another circle', 'facilitator'],
  canAnswer: ['member', 'member of another circle'],
  canChooseRule: ['member'],
  canSeeRule: ['member'],
};

const rows = (Object.keys(policy) as (keyof typeof policy)[]).flatMap((action) =>
  (Object.keys(seats) as Who[]).map((who) => ({ action, who, expected: table[action].includes(who) })),
);

describe('who may do what in a round', () => {
  it.each(rows)('$action · $who: $expected', ({ action, who, expected }) => {
    expect(policy[action](seats[who], place)).toBe(expected);
  });
});

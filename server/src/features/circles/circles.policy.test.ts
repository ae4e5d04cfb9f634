import { describe, expect, it } from '@jest/globals';
import type { CircleId, PartnershipId, SeatId } from '@longtable/shared/ids';
import type { Seat } from '../people/people.service.ts';
import * as policy from './circles.policy.ts';
import type { CircleFacts } from './circles.policy.ts';

const [here, elsewhere] = ['partnership-here', 'partnership-elsewhere'] as PartnershipId[];
const [mine, theirs] = ['circle-mine', 'circle-theirs'] as CircleId[];

const seat = (
  role: Seat['role'],
  partnershipId: PartnershipId,
  circleId: CircleId | null,
  state: Seat['state'],
): Seat => ({
  id: 'seat' as SeatId,
  sessionId: null,
  role,
  partnershipId,
  circleId,
  state,
});

/** Every relation that a seat can have to the circle `mine`. */
const seats = {
  member: seat('member', here!, mine!, 'seated'),
  'waiting at its door': seat('member', here!, mine!, 'waiting'),
  'refused at its door': seat('member', here!, mine!, 'refused'),
  'gone from it': seat('member', here!, mine!, 'left'),
  'member of another circle': seat('member', here!, theirs!, 'seated'),
  'member in another partnership': seat('member', elsewhere!, theirs!, 'seated'),
  facilitator: seat('facilitator', here!, null, 'seated'),
  'facilitator gone': seat('facilitator', here!, null, 'left'),
  'facilitator of another partnership': seat('facilitator', elsewhere!, null, 'seated'),
};
type Who = keyof typeof seats;

const founded: CircleFacts = { id: mine!, partnershipId: here!, hasMembers: true, isPromised: false };
const empty: CircleFacts = { ...founded, hasMembers: false };
const promised: CircleFacts = { ...empty, isPromised: true };

/** Who may; everyone else may not. */
const table: [keyof typeof policy, CircleFacts, Who[]][] = [
  ['canSeeInside', founded, ['member']],
  ['canDescribe', founded, ['member']],
  ['canAnswerDoor', founded, ['member']],
  ['canSeeCodes', founded, ['member']],
  ['canRevokeCode', founded, ['member']],
  ['canMintSeatCode', founded, ['member']],
  ['canAnswerFacilitatorCall', founded, ['member']],
  ['canMintFoundingCode', founded, []],
  ['canTakeFirstSeat', founded, []],
  ['canKeepFoundingCode', founded, []],
  ['canPrintCards', founded, ['member']],
  ['canSeeInside', empty, ['member']],
  ['canMintFoundingCode', empty, ['facilitator']],
  ['canTakeFirstSeat', empty, ['facilitator']],
  ['canKeepFoundingCode', empty, ['facilitator']],
  ['canPrintCards', empty, ['member', 'facilitator']],
  ['canMintFoundingCode', promised, []],
  ['canTakeFirstSeat', promised, []],
  ['canKeepFoundingCode', promised, []],
  ['canPrintCards', promised, ['member']],
];

describe('who may do what with a circle', () => {
  const rows = table.flatMap(([action, circle, may]) =>
    (Object.keys(seats) as Who[]).map((who) => ({ action, circle, who, expected: may.includes(who) })),
  );
  it.each(rows)(
    '$action · hasMembers $circle.hasMembers · isPromised $circle.isPromised · $who: $expected',
    ({ action, circle, who, expected }) => {
      expect(policy[action](seats[who], circle)).toBe(expected);
    },
  );

  it('has a row for every action', () => {
    expect(new Set(table.map(([action]) => action))).toEqual(new Set(Object.keys(policy)));
  });
});

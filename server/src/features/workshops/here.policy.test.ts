import { describe, expect, it } from '@jest/globals';
import type { CircleId, PartnershipId, SeatId } from '@longtable/shared/ids';
import type { Seat } from '../people/people.service.ts';
import { canMoveHere } from './here.policy.ts';

const [here, elsewhere] = ['here', 'elsewhere'] as PartnershipId[];

const seat = (role: Seat['role'], partnershipId: PartnershipId, state: Seat['state'] = 'seated'): Seat => ({
  id: 'seat' as SeatId,
  sessionId: null,
  role,
  partnershipId,
  circleId: role === 'member' ? ('circle' as CircleId) : null,
  state,
});

const seats = {
  facilitator: seat('facilitator', here!),
  'facilitator gone': seat('facilitator', here!, 'left'),
  'facilitator elsewhere': seat('facilitator', elsewhere!),
  member: seat('member', here!),
  'waiting at the door': seat('member', here!, 'waiting'),
  'gone member': seat('member', here!, 'left'),
  'member elsewhere': seat('member', elsewhere!),
};
type Who = keyof typeof seats;

const cases: { table: string; isFacilitated: boolean; may: Who[] }[] = [
  { table: 'with a facilitator', isFacilitated: true, may: ['facilitator'] },
  { table: 'without a facilitator', isFacilitated: false, may: ['facilitator', 'member'] },
];

describe.each(cases)('who may say where the room is, at a table $table', ({ isFacilitated, may }) => {
  it.each(Object.keys(seats) as Who[])('%s', (who) => {
    expect(canMoveHere(seats[who], { partnershipId: here!, isFacilitated })).toBe(may.includes(who));
  });
});

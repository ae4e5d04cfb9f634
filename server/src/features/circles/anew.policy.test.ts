import { describe, expect, it } from '@jest/globals';
import type { CircleId, PartnershipId, SeatId } from '@longtable/shared/ids';
import type { Seat } from '../people/people.service.ts';
import { canAgreeAnew, canAskAnew, canSayWeAreHere } from './anew.policy.ts';

const [here, there] = ['here', 'there'] as PartnershipId[];
const [about, other] = ['about', 'other'] as CircleId[];
const seat = (
  role: Seat['role'],
  partnershipId: PartnershipId,
  circleId: CircleId | null,
  state: Seat['state'] = 'seated',
): Seat => ({ id: 'seat' as SeatId, sessionId: null, role, partnershipId, circleId, state });

const seats = {
  'member of it': seat('member', here!, about!),
  'member of another': seat('member', here!, other!),
  'gone from another': seat('member', here!, other!, 'left'),
  'at its door': seat('member', here!, about!, 'waiting'),
  'at another’s door': seat('member', here!, other!, 'waiting'),
  'member elsewhere': seat('member', there!, other!),
  facilitator: seat('facilitator', here!, null),
  'facilitator gone': seat('facilitator', here!, null, 'left'),
  'facilitator elsewhere': seat('facilitator', there!, null),
};
type Who = keyof typeof seats;
const circle = { id: about!, partnershipId: here! };

describe('about a circle in which nobody seems to be left', () => {
  const cases: [string, (who: Seat) => boolean, Who[]][] = [
    ['asks', (who) => canAskAnew(who, circle), ['facilitator', 'member of another']],
    ['agrees', (who) => canAgreeAnew(who, circle), ['member of another']],
    ['says that they are here', (who) => canSayWeAreHere(who, circle), ['member of it']],
  ];
  const rows = cases.flatMap(([what, may, who]) =>
    (Object.keys(seats) as Who[]).map((each) => ({ what, may, each, expected: who.includes(each) })),
  );
  it.each(rows)('$each $what: $expected', ({ may, each, expected }) => {
    expect(may(seats[each])).toBe(expected);
  });
});

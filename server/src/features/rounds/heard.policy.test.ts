import { describe, expect, it } from '@jest/globals';
import type { CircleId, PartnershipId, SeatId } from '@longtable/shared/ids';
import type { Seat } from '../people/people.service.ts';
import * as policy from './heard.policy.ts';

const [here, elsewhere] = ['here', 'elsewhere'] as PartnershipId[];
const [mine, theirs] = ['mine', 'theirs'] as CircleId[];
const circle = { id: mine!, partnershipId: here!, hasMembers: true, isPromised: false };

/** Only who is seated in this very circle may, whatever else they are at the table. */
const rows = (Object.keys(policy) as (keyof typeof policy)[]).flatMap((action) =>
  (['waiting', 'seated', 'refused', 'left'] as const).flatMap((state) =>
    [
      { role: 'member' as const, circleId: mine!, partnershipId: here! },
      { role: 'member' as const, circleId: theirs!, partnershipId: here! },
      { role: 'member' as const, circleId: theirs!, partnershipId: elsewhere! },
      { role: 'facilitator' as const, circleId: null, partnershipId: here! },
    ].map((seat) => ({ action, state, ...seat })),
  ),
);

describe('who may speak for a circle', () => {
  it.each(rows)('$action · $role of $circleId · $state', ({ action, ...seat }) => {
    const who: Seat = { id: 'seat' as SeatId, sessionId: null, ...seat };
    expect(policy[action](who, circle)).toBe(
      seat.state === 'seated' && seat.role === 'member' && seat.circleId === mine,
    );
  });
});

import { describe, expect, it } from '@jest/globals';
import type { CircleId, PartnershipId, SeatId } from '@longtable/shared/ids';
import type { Seat } from '../people/people.service.ts';
import * as policy from './notes.policy.ts';

const [here, elsewhere] = ['here', 'elsewhere'] as PartnershipId[];
const circle = 'circle' as CircleId;

const rows = (Object.keys(policy) as (keyof typeof policy)[]).flatMap((action) =>
  (['waiting', 'seated', 'refused', 'left'] as const).flatMap((state) =>
    [
      { role: 'member' as const, circleId: circle, partnershipId: here! },
      { role: 'member' as const, circleId: circle, partnershipId: elsewhere! },
      { role: 'facilitator' as const, circleId: null, partnershipId: here! },
      { role: 'facilitator' as const, circleId: null, partnershipId: elsewhere! },
    ].map((seat) => ({ action, state, ...seat })),
  ),
);

/** A facilitator sees what is said and what came of it, and says nothing of the words. */
const membersOnly: (keyof typeof policy)[] = ['canPutNote', 'canTakeBackNote'];

describe('who may do what with notes', () => {
  it.each(rows)('$action · $role at $partnershipId · $state', ({ action, ...seat }) => {
    const who: Seat = { id: 'seat' as SeatId, sessionId: null, ...seat };
    expect(policy[action](who, { partnershipId: here! })).toBe(
      seat.state === 'seated' &&
        seat.partnershipId === here &&
        (seat.role === 'member' || !membersOnly.includes(action)),
    );
  });
});

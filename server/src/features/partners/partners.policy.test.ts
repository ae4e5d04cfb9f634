import { describe, expect, it } from '@jest/globals';
import type { CircleId, PartnershipId, SeatId } from '@longtable/shared/ids';
import type { Seat, Session } from '../people/people.service.ts';
import {
  canAnswerPartner,
  canEndAsking,
  canInvitePartner,
  canSeePartners,
  canTakeBackInvitation,
  isWaitingHere,
} from './partners.policy.ts';

const [here, elsewhere] = ['here', 'elsewhere'] as PartnershipId[];

const rows = (['facilitator', 'member'] as const).flatMap((role) =>
  (['waiting', 'seated', 'refused', 'left'] as const).flatMap((state) =>
    [here!, elsewhere!].map((partnershipId) => ({ role, state, partnershipId })),
  ),
);

describe('who may do what about an organisation that is invited', () => {
  it.each(rows)('$role · $state · $partnershipId', ({ role, state, partnershipId }) => {
    const circleId = role === 'member' ? ('circle' as CircleId) : null;
    const seat: Seat = { id: 'seat' as SeatId, sessionId: null, role, state, partnershipId, circleId };
    const at = { partnershipId: here! };
    const sits = state === 'seated' && partnershipId === here;
    for (const may of [canInvitePartner, canSeePartners, canTakeBackInvitation])
      expect(may(seat, at)).toBe(sits);
    expect(canEndAsking(seat, at)).toBe(sits && role === 'facilitator');
    expect(canAnswerPartner(seat, at)).toBe(sits && role === 'member');
  });

  it('only the device that waits may sit down or take the asking back, and on a shared one only the person', () => {
    const own = { isShared: false, holderId: null };
    const [mine, theirs] = [
      { id: 'mine', ...own },
      { id: 'theirs', ...own },
    ] as Session[];
    const asking = { sessionId: mine!.id, holderId: null };
    expect(isWaitingHere(mine!, asking)).toBe(true);
    expect(isWaitingHere(theirs!, asking)).toBe(false);
    expect(isWaitingHere(mine!, { ...asking, sessionId: null })).toBe(false);
    expect(isWaitingHere(null, { ...asking, sessionId: null })).toBe(false);

    const [one, other] = ['one', 'other'] as NonNullable<Session['holderId']>[];
    const held = { ...asking, holderId: one! };
    for (const [holderId, expected] of [
      [one!, true],
      [other!, false],
      [null, false],
    ] as const)
      expect(isWaitingHere({ id: mine!.id, isShared: true, holderId }, held)).toBe(expected);
  });
});

import { describe, expect, it } from '@jest/globals';
import type { CircleId, PartnershipId, SeatId } from '@longtable/shared/ids';
import { canInviteFacilitator, canSeeTable, sitsAt } from '../partnerships/partnerships.policy.ts';
import type { Seat } from '../people/people.service.ts';
import { canExportDocument, canReadDocument } from './documents.policy.ts';

const [here, elsewhere] = ['here', 'elsewhere'] as PartnershipId[];
const document = { partnershipId: here! };

const actions: [string, (seat: Seat) => boolean][] = [
  ['sitsAt', (seat) => sitsAt(seat, here!)],
  ['canSeeTable', (seat) => canSeeTable(seat, here!)],
  ['canReadDocument', (seat) => canReadDocument(seat, document)],
  ['canExportDocument', (seat) => canExportDocument(seat, document)],
];

/** Only who sits in this very partnership, in whichever role, may. */
const rows = actions.flatMap(([action, may]) =>
  (['facilitator', 'member'] as const).flatMap((role) =>
    (['waiting', 'seated', 'refused', 'left'] as const).flatMap((state) =>
      [here!, elsewhere!].map((partnershipId) => ({ action, may, role, state, partnershipId })),
    ),
  ),
);

describe('who may see a table and its documents', () => {
  it.each(rows)('$action · $role · $state · $partnershipId', ({ may, role, state, partnershipId }) => {
    const circleId = role === 'member' ? ('circle' as CircleId) : null;
    const seat: Seat = { id: 'seat' as SeatId, sessionId: null, role, state, partnershipId, circleId };
    expect(may(seat)).toBe(state === 'seated' && partnershipId === here);
    expect(canInviteFacilitator(seat, here!)).toBe(
      state === 'seated' && partnershipId === here && role === 'facilitator',
    );
  });
});

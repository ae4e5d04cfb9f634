import type { PartnershipId, SeatId } from '@longtable/shared/ids';
import {
  StartedPartnership,
  Table,
  type StartPartnership,
} from '@longtable/shared/protocol/http/partnerships';
import { request } from '../../lib/http.ts';

export const startPartnership = (body: StartPartnership) =>
  request(StartedPartnership, '/api/partnerships', { method: 'POST', body });

export const fetchTable = (seat: SeatId, partnershipId: PartnershipId) =>
  request(Table, `/api/partnerships/${partnershipId}`, { seat });

import type { SeatId } from '@longtable/shared/ids';
import { Me } from '@longtable/shared/protocol/http/people';
import { request, send } from '../../lib/http.ts';

export const fetchMe = () => request(Me, '/api/me');

/** This device is known to the server from here on: whatever it gets next is not lost with an answer. */
export const openDevice = async () => {
  await send('/api/device', { method: 'POST' });
};

/** For good. */
export const leaveSeat = async (seat: SeatId) => {
  await send('/api/seat', { method: 'DELETE', seat });
};

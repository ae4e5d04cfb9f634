import type { SeatId } from '@longtable/shared/ids';
import { Returned, type MakeWayBack, WayBack } from '@longtable/shared/protocol/http/returns';
import { request, send } from '../../lib/http.ts';

const withPin = async (action: 'pin' | 'open' | 'someone', pin: string) => {
  await send(`/api/phone/${action}`, { method: 'POST', body: { pin } });
};

/** Puts the seats that are open on this phone behind a PIN. */
export const startSharing = (pin: string) => withPin('pin', pin);

export const openPhone = (pin: string) => withPin('open', pin);

export const bringSomeone = (pin: string) => withPin('someone', pin);

export const passPhone = async () => {
  await send('/api/phone/pass', { method: 'POST' });
};

export const makeWayBack = (seat: SeatId, body: MakeWayBack) =>
  request(WayBack, '/api/ways-back', { method: 'POST', body, seat });

export const comeBack = (code: string) =>
  request(Returned, '/api/return', { method: 'POST', body: { code } });

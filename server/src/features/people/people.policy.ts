import type { Seat } from './people.service.ts';

/** Whoever facilitates sits in no circle: that seat goes with its device. */
export const canLeaveSeat = (seat: Seat): boolean => seat.state === 'seated' && seat.role === 'member';

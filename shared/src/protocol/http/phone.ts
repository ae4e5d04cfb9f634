import { z } from 'zod';
import { MAX_PIN_FIGURES, MIN_PIN_FIGURES } from '../../limits.ts';

/**
 * Several of us on one phone. `own`: nobody chose a PIN here. `shared`: somebody's PIN has opened their seats.
 * `locked`: between two people; no seat is open.
 */
export const PhoneState = z.enum(['own', 'shared', 'locked']);
export type PhoneState = z.infer<typeof PhoneState>;

/**
 * POST /api/phone/pin: whose seats are open puts them behind a PIN, and the phone is shared from then on.
 * POST /api/phone/someone: one more person comes to a shared phone. Both refuse a PIN without saying why.
 * POST /api/phone/open: a PIN alone opens its owner's seats.
 * POST /api/phone/pass, without a body: no seat is open any more; sockets of those that were are closed.
 */
export const Pin = z.object({
  pin: z.string().regex(new RegExp(`^[0-9]{${MIN_PIN_FIGURES},${MAX_PIN_FIGURES}}$`)),
});
export type Pin = z.infer<typeof Pin>;

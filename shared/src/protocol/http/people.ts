import { z } from 'zod';
import { CircleId, PartnershipId, SeatId } from '../../ids.ts';
import { MAX_NAME_CHARACTERS } from '../../limits.ts';
import { PhoneState } from './phone.ts';

/** Languages the product speaks. A person chooses one; a document names its own. */
export const Locale = z.enum(['en', 'ar']);
export type Locale = z.infer<typeof Locale>;

/** Pictures that stand for a person. Plain things, none of them a face, a flag or a uniform. */
export const Picture = z.enum([
  'kite',
  'boat',
  'leaf',
  'drum',
  'lamp',
  'bird',
  'cup',
  'stone',
  'star',
  'fish',
  'tree',
  'bell',
  'moon',
  'shell',
  'cloud',
  'key',
  'basket',
  'river',
  'bridge',
  'seed',
  'sun',
  'door',
  'thread',
  'mango',
]);
export type Picture = z.infer<typeof Picture>;

const name = z.string().trim().min(1).max(MAX_NAME_CHARACTERS);

/** Names the seat that a request speaks for; the session cookie says only which device it is. */
export const SEAT_HEADER = 'longtable-seat';

/** How a person is shown inside the circle. A picture is enough; a name is theirs to add. */
export const Handle = z.object({ picture: Picture, name: name.optional() });
export type Handle = z.infer<typeof Handle>;

/** A way back to one seat: a code to keep on paper, or words to keep in mind. */
export const ReturnKind = z.enum(['card', 'words']);
export type ReturnKind = z.infer<typeof ReturnKind>;

/** One seat as its holder sees it. A facilitator's seat has no circle, and the door names none to whoever is not in. */
export const MySeat = z.object({
  seatId: SeatId,
  partnershipId: PartnershipId,
  role: z.enum(['facilitator', 'member']),
  state: z.enum(['waiting', 'seated', 'refused']),
  circleId: CircleId.nullable(),
  handle: Handle,
  /** What there is to come back with. A seat without any is left once its device leaves. */
  waysBack: z.array(ReturnKind),
});
export type MySeat = z.infer<typeof MySeat>;

/** GET /api/me. Without a session the list is empty; that is no error. Seats behind a PIN are in no list until it opens them. */
export const Me = z.object({
  seats: z.array(MySeat),
  phone: PhoneState,
  exitUrl: z.string(),
  /** Who runs this server, and could read what is written; null where they did not say. */
  operator: z.string().nullable(),
});
export type Me = z.infer<typeof Me>;

import { z } from 'zod';
import { PartnershipId, SeatId } from '../../ids.ts';
import { MAX_RETURN_CHARACTERS } from '../../limits.ts';
import { Locale, ReturnKind } from './people.ts';

/** POST /api/ways-back, by the seat. Each seat has one of each kind: a new one makes the earlier one useless. */
export const MakeWayBack = z.object({ kind: ReturnKind, locale: Locale });
export type MakeWayBack = z.infer<typeof MakeWayBack>;

/** Shown once; the server keeps only a keyed hash. `url` carries a card's code in its fragment. */
export const WayBack = z.object({ text: z.string(), url: z.string().nullable() });
export type WayBack = z.infer<typeof WayBack>;

/**
 * POST /api/return, with a card's code or with the words. The seat moves to this device, and the one that had it
 * loses it at once. Wrong ones are all answered alike.
 */
export const Return = z.object({ code: z.string().min(4).max(MAX_RETURN_CHARACTERS) });
export type Return = z.infer<typeof Return>;
export const Returned = z.object({ seatId: SeatId, partnershipId: PartnershipId });
export type Returned = z.infer<typeof Returned>;

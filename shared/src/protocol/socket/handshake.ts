import { z } from 'zod';
import { SeatId } from '../../ids.ts';

/** Socket.io `auth`. The session cookie says which device this is; `seat` says which of its seats speaks. */
export const Handshake = z.object({
  protocol: z.number().int(),
  content: z.number().int(),
  seat: SeatId,
});
export type Handshake = z.infer<typeof Handshake>;

import { z } from 'zod';
import { RoomId } from '../../ids.ts';
import { MAX_JOIN_ROOMS } from '../../limits.ts';

export const Leave = z.object({ rooms: z.array(RoomId).min(1).max(MAX_JOIN_ROOMS) });
export type Leave = z.infer<typeof Leave>;

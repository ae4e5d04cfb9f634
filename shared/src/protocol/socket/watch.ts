import { z } from 'zod';
import { WireError } from '../../errors.ts';
import { RoomId } from '../../ids.ts';
import { MAX_JOIN_ROOMS } from '../../limits.ts';

/** Follows the heads of rooms that are not open: one number each, no content. Replaces the last watch. */
export const Watch = z.object({ rooms: z.array(RoomId).max(MAX_JOIN_ROOMS) });
export type Watch = z.infer<typeof Watch>;

export const Head = z.object({ room: RoomId, seq: z.number().int() });
export type Head = z.infer<typeof Head>;

export const WatchReply = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), heads: z.array(Head) }),
  z.object({ ok: z.literal(false), error: WireError }),
]);
export type WatchReply = z.infer<typeof WatchReply>;

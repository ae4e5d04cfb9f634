import { z } from 'zod';
import { WireError } from '../../errors.ts';
import { Lineage, RoomId } from '../../ids.ts';
import { MAX_PUSH_BYTES } from '../../limits.ts';
import { base64 } from '../bytes.ts';

/** One Yjs v1 update for one room. At most one push per room is in flight from a client. */
export const Push = z.object({
  room: RoomId,
  lineage: Lineage,
  clientSeq: z.number().int().nonnegative(),
  bytes: base64(MAX_PUSH_BYTES),
});
export type Push = z.infer<typeof Push>;

/** Sent only after the commit: `seq` is the row's place in the room's log (unchanged head for a repeat). */
export const PushReply = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), clientSeq: z.number().int(), seq: z.number().int() }),
  z.object({ ok: z.literal(false), clientSeq: z.number().int(), error: WireError }),
]);
export type PushReply = z.infer<typeof PushReply>;

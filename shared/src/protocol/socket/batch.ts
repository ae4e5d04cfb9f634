import { z } from 'zod';

/** Four characters that stand for one room and lineage, from the join's answer on and on this connection only. */
export const RoomHandle = z.string().regex(/^[\w-]{4}$/);
export type RoomHandle = z.infer<typeof RoomHandle>;

/**
 * `[handle, fromSeq, toSeq, bytes]`: committed updates of one room, merged into one Yjs v1 update. It is sent more
 * often than all else together, so it has no names and no ids of 36 characters.
 */
export const Batch = z.tuple([RoomHandle, z.number().int(), z.number().int(), z.base64()]);
export type Batch = z.infer<typeof Batch>;

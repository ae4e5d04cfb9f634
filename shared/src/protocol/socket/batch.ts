import { z } from 'zod';
import { Lineage, RoomId } from '../../ids.ts';

/** Committed updates `fromSeq`..`toSeq` of one room, merged into one Yjs v1 update. */
export const Batch = z.object({
  room: RoomId,
  lineage: Lineage,
  fromSeq: z.number().int(),
  toSeq: z.number().int(),
  bytes: z.base64(),
});
export type Batch = z.infer<typeof Batch>;

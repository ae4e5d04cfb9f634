import { z } from 'zod';
import { PresenceId, RoomId } from '../../ids.ts';
import { MAX_CURSOR_BYTES } from '../../limits.ts';
import { base64 } from '../bytes.ts';

/** Two encoded Yjs relative positions, or null where the person has no cursor here. */
export const CursorRange = z
  .object({ anchor: base64(MAX_CURSOR_BYTES / 2), head: base64(MAX_CURSOR_BYTES / 2) })
  .nullable();
export type CursorRange = z.infer<typeof CursorRange>;

/** All that a client says of itself. Volatile and unacknowledged. */
export const Cursor = z.object({ room: RoomId, cursor: CursorRange });
export type Cursor = z.infer<typeof Cursor>;

/**
 * Everyone else's cursors that changed, written by the server. No label: a carrier is "someone".
 * `gone` lists carriers that left; `count` replaces entries above MAX_PRESENCE_ENTRIES people.
 */
export const Presence = z.object({
  room: RoomId,
  entries: z.array(z.object({ id: PresenceId, cursor: CursorRange })),
  gone: z.array(PresenceId),
  count: z.number().int().nullable(),
});
export type Presence = z.infer<typeof Presence>;

import { z } from 'zod';
import { WireError } from '../../errors.ts';
import { Lineage, PresenceId, RoomId } from '../../ids.ts';
import { MAX_JOIN_ROOMS, MAX_STATE_VECTOR_BYTES, MAX_TICKETS, MAX_TICKET_CHARACTERS } from '../../limits.ts';
import { base64 } from '../bytes.ts';
import { RoomHandle } from './batch.ts';

/**
 * Asks to enter rooms. With nothing held, send the room alone; with a document held, its lineage, sequence and
 * state vector, and the tickets of every clientID that still has unsent structs.
 */
export const JoinRequest = z.object({
  rooms: z
    .array(
      z.object({
        room: RoomId,
        lineage: Lineage.optional(),
        stateVector: base64(MAX_STATE_VECTOR_BYTES).optional(),
        /** Everything up to this sequence of the lineage is in the document: the log after it is enough. */
        seq: z.number().int().nonnegative().optional(),
        tickets: z.array(z.string().max(MAX_TICKET_CHARACTERS)).max(MAX_TICKETS).optional(),
      }),
    )
    .min(1)
    .max(MAX_JOIN_ROOMS)
    .refine((rooms) => new Set(rooms.map(({ room }) => room)).size === rooms.length, 'each room once'),
});
export type JoinRequest = z.infer<typeof JoinRequest>;

/** One piece of a Y.Doc's state, in the Yjs update encoding it names. */
export const StatePart = z.object({ encoding: z.enum(['v1', 'v2']), bytes: z.base64() });
export type StatePart = z.infer<typeof StatePart>;

/**
 * What a joiner lacks, in order, and who it may write as: `clientId` is fresh for this join and bound to
 * `ticket`. `stateVector` is the server's: structs beyond it are unsent and must be pushed again.
 */
export const JoinedRoom = z.object({
  ok: z.literal(true),
  room: RoomId,
  /** What batches call this room. */
  handle: RoomHandle,
  lineage: Lineage,
  epoch: z.number().int(),
  seq: z.number().int(),
  stateVector: z.base64(),
  missing: z.array(StatePart),
  clientId: z.number().int(),
  ticket: z.string(),
  canWrite: z.boolean(),
  /** Under which others see this visitor's cursor; the client leaves its own out. */
  presenceId: PresenceId,
});
export type JoinedRoom = z.infer<typeof JoinedRoom>;

export const RefusedRoom = z.object({ ok: z.literal(false), room: RoomId, error: WireError });
export type RefusedRoom = z.infer<typeof RefusedRoom>;

export const JoinReply = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), rooms: z.array(z.discriminatedUnion('ok', [JoinedRoom, RefusedRoom])) }),
  z.object({ ok: z.literal(false), error: WireError }),
]);
export type JoinReply = z.infer<typeof JoinReply>;

import { z } from 'zod';

/**
 * Ids are random UUIDv4, never v7: an id that carries its time tells who acted when.
 * Each kind of id is a brand of its own, so that a seat cannot be passed where a room is meant.
 */
const id = <Brand extends string>() => z.uuidv4().brand<Brand>();

export const SeatId = id<'SeatId'>();
export type SeatId = z.infer<typeof SeatId>;

export const PartnershipId = id<'PartnershipId'>();
export type PartnershipId = z.infer<typeof PartnershipId>;

export const CircleId = id<'CircleId'>();
export type CircleId = z.infer<typeof CircleId>;

export const DocumentId = id<'DocumentId'>();
export type DocumentId = z.infer<typeof DocumentId>;

export const RoomId = id<'RoomId'>();
export type RoomId = z.infer<typeof RoomId>;

export const RoundId = id<'RoundId'>();
export type RoundId = z.infer<typeof RoundId>;

/** An organisation that was invited to the table. */
export const PartnerId = id<'PartnerId'>();
export type PartnerId = z.infer<typeof PartnerId>;

export const NoteId = id<'NoteId'>();
export type NoteId = z.infer<typeof NoteId>;

/** What one circle has shared of one section; quotes in the joint text name it. Gone with what was shared. */
export const WordsId = id<'WordsId'>();
export type WordsId = z.infer<typeof WordsId>;

export const CodeId = id<'CodeId'>();
export type CodeId = z.infer<typeof CodeId>;

/** Names one run of a room's history; a flattened or withdrawn room starts a new one. */
export const Lineage = id<'Lineage'>();
export type Lineage = z.infer<typeof Lineage>;

/** Names one carrier of a cursor for as long as it is in a room; unrelated to any Yjs clientID. */
export const PresenceId = id<'PresenceId'>();
export type PresenceId = z.infer<typeof PresenceId>;

import type { CircleId, DocumentId, Lineage, RoomId, SeatId } from '@longtable/shared/ids';
import type { DocumentKind } from '@longtable/shared/documents/template';

/** A room as stored. `circleId` null means that everyone in the partnership may read it. */
export interface RoomRecord {
  id: RoomId;
  documentId: DocumentId;
  kind: DocumentKind;
  section: string;
  circleId: CircleId | null;
  lineage: Lineage;
  epoch: number;
  headSeq: number;
}

export interface StoredUpdate {
  seq: number;
  bytes: Uint8Array;
}

/** A room's whole committed state: a Yjs v2 snapshot up to `snapshotSeq`, then v1 updates in order. */
export interface StoredState {
  room: RoomRecord;
  snapshot: Uint8Array | null;
  snapshotSeq: number;
  tail: StoredUpdate[];
}

export interface Write {
  room: RoomId;
  lineage: Lineage;
  seat: SeatId;
  bytes: Uint8Array;
}

/** `seq` once committed, or why not: the grant is gone, the section is closed, or the room was rewritten. */
export type WriteResult =
  { ok: true; seq: number } | { ok: false; code: 'notFound' | 'readOnly' | 'lineageChanged' };

/** What one seat may do in one room, as the store knows it now. */
export interface RoomAccess {
  room: RoomRecord;
  canWrite: boolean;
}

/**
 * Where updates are durable. Implementations: memory (tests), knex (PGlite and PostgreSQL); all pass
 * `update-store.contract.ts`.
 */
export interface UpdateStore {
  /** The rooms among `rooms` that the seat may read. A room it may not read is simply absent. */
  accessFor(seat: SeatId, rooms: readonly RoomId[]): Promise<RoomAccess[]>;
  load(room: RoomId): Promise<StoredState | null>;
  readSince(room: RoomId, afterSeq: number): Promise<StoredUpdate[]>;
  /**
   * One transaction for all writes: locks grants (shared) then rooms (exclusive), each in id order,
   * gives each write the next sequence of its room, and commits. A result for each write, in order.
   * Rejects, with nothing stored, where the database fails.
   */
  commit(writes: readonly Write[]): Promise<WriteResult[]>;
  /** Replaces everything up to `uptoSeq` by a snapshot, if that is still the head; else does nothing and says false. */
  compact(room: RoomId, lineage: Lineage, uptoSeq: number, snapshot: Uint8Array): Promise<boolean>;
}

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

/** One row of a room's log that this node wrote, and the staged updates that it was made of. */
export interface OwnUpdate extends StoredUpdate {
  parts: readonly Uint8Array[];
}

/** A room's whole committed state: a Yjs v2 snapshot up to `snapshotSeq`, then v1 updates in order. */
export interface StoredState {
  room: RoomRecord;
  snapshot: Uint8Array | null;
  /** The state vector of the snapshot, where it was stored with it. */
  vector: Uint8Array | null;
  snapshotSeq: number;
  tail: StoredUpdate[];
}

/** What becomes one row of a room's log. */
export interface Write {
  room: RoomId;
  lineage: Lineage;
  /** Whose words they are: it is committed where each of them may write. */
  seats: readonly SeatId[];
  bytes: Uint8Array;
  /** The copy on which it was tried; without one nothing is asked of it. */
  on?: TriedOn;
}

/**
 * A node's copy of a room, brought up to the head under the room's lock: so whatever is given a sequence was tried on
 * all that comes before it, whichever node that came from.
 */
export interface TriedOn {
  /** The last sequence that it holds, now. */
  readonly seq: number;
  /** Takes what has been committed since, up to the head. */
  catchUp(updates: readonly StoredUpdate[], headSeq: number): void;
  /** Whether the write still fits. */
  stands(): boolean;
}

/**
 * `seq` once committed, or why not: the grant is gone, the section is closed, the room was rewritten, or what another
 * node wrote has overtaken it.
 */
export type WriteResult =
  { ok: true; seq: number } | { ok: false; code: 'notFound' | 'readOnly' | 'lineageChanged' | 'unavailable' };

export interface SeatInRoom {
  seat: SeatId;
  room: RoomId;
}

/** What one seat may do in one room, as the store knows it now. */
export interface RoomAccess {
  seat: SeatId;
  room: RoomRecord;
  canWrite: boolean;
  isOpen: boolean;
}

/** How far a room has come. */
export interface RoomProgress {
  id: RoomId;
  lineage: Lineage;
  epoch: number;
  headSeq: number;
  isOpen: boolean;
}

/**
 * Where updates are durable. Implementations: memory (tests), knex (PGlite and PostgreSQL); all pass
 * `update-store.contract.ts`.
 */
export interface UpdateStore {
  /** Each room among these that the seat beside it may read. What it may not read is simply absent. */
  accessFor(asked: readonly SeatInRoom[]): Promise<RoomAccess[]>;
  /** A room that does not exist is simply absent. */
  progressOf(rooms: readonly RoomId[]): Promise<RoomProgress[]>;
  /** @throws LongtableError unreadable where the room's key is gone for good */
  load(room: RoomId): Promise<StoredState | null>;
  /** Null where the room is gone, or was rewritten under another lineage. */
  readSince(room: RoomId, lineage: Lineage, afterSeq: number): Promise<StoredUpdate[] | null>;
  /**
   * One transaction for all rows: locks grants (shared) then rooms (exclusive), each in id order,
   * brings the copies that are behind up to the head, gives each row that still stands the next sequence of its
   * room, and commits. A result for each row, in order.
   * Rejects, with nothing stored, where the database fails.
   */
  commit(writes: readonly Write[]): Promise<WriteResult[]>;
  /**
   * Replaces everything up to `uptoSeq` by a snapshot of just that, and keeps what was written since. Says false, and
   * does nothing, where the room was rewritten or compacted as far meanwhile, or never came that far.
   */
  compact(
    room: RoomId,
    lineage: Lineage,
    uptoSeq: number,
    snapshot: Uint8Array,
    vector?: Uint8Array,
  ): Promise<boolean>;
}

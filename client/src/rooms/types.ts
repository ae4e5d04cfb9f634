import type { RoomId } from '@longtable/shared/ids';
import type { ErrorCode } from '@longtable/shared/errors';
import type { CursorRange } from '@longtable/shared/protocol/socket/cursor';
import type * as Y from 'yjs';

/**
 * Where a section's words are. `device`: typed here, not yet on the way (offline, or before the first
 * join). `sending`: on the way. `saved`: the server has committed them. `refused`: the server said no;
 * the words are in `refused.text`.
 */
export type SavedState = 'device' | 'sending' | 'saved' | 'refused';

/** One immutable snapshot of a room for `useSyncExternalStore`; replaced whenever anything in it changes. */
export interface RoomView {
  /** False until the first join has answered; the editor stays read-only until then. */
  isReady: boolean;
  canWrite: boolean;
  saved: SavedState;
  /** Words the server would not take, handed back as plain text, and why. */
  refused: { code: ErrorCode; text: string } | null;
  /** Others' cursors. Each is "someone". Empty where there are too many people; then `crowd` counts them. */
  cursors: ReadonlyMap<string, CursorRange>;
  crowd: number | null;
  /** The room cannot be opened at all (no such room, put out of it). */
  closed: ErrorCode | null;
}

export interface RoomHandle {
  readonly id: RoomId;
  /** Replaced when the room's lineage changed; `subscribe` fires then. Bind the editor to the current one. */
  readonly doc: Y.Doc;
  getView(): RoomView;
  subscribe(listener: () => void): () => void;
  setCursor(cursor: CursorRange): void;
  /** After the person has read or copied what was refused. */
  dismissRefused(): void;
  close(): void;
}

export interface ConnectionView {
  state: 'connecting' | 'online' | 'offline' | 'signedOut' | 'oldClient';
}

/** One socket for one seat, carrying all the rooms that seat has open. */
export interface TableConnection {
  getView(): ConnectionView;
  subscribe(listener: () => void): () => void;
  /** Where it is away: tries at once instead of after its wait, or although it was told no. For one person's device only. */
  reconnectNow(): void;
  openRoom(room: RoomId): RoomHandle;
  /** Follows heads of rooms that are not open; the listener gets room and sequence. */
  watch(rooms: RoomId[], listener: (room: RoomId, seq: number) => void): () => void;
  onDoor(listener: (circleId: string) => void): () => void;
  onSeat(listener: (seatId: string) => void): () => void;
  /** Where sections of a document stand may have changed: ask again. */
  onStanding(listener: (documentId: string) => void): () => void;
  /** The notes beside a section's words have changed: ask again. */
  onNotes(listener: (roundId: string, section: string) => void): () => void;
  /** Tears everything down at once, keeps nothing. */
  close(): void;
}

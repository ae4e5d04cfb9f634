import type { RoomId } from '@longtable/shared/ids';
import type { CursorRange } from '@longtable/shared/protocol/socket/cursor';
import type { Push, PushReply } from '@longtable/shared/protocol/socket/push';
import type { RoomView } from './types.ts';

/** What a room needs of its connection. Nothing is sent while it is away. */
export interface RoomWire {
  isOnline(): boolean;
  push(push: Push, reply: (answer: PushReply) => void): void;
  cursor(room: RoomId, cursor: CursorRange): void;
  /** Asks to be joined (again), soon. */
  rejoin(room: RoomId): void;
}

export const BEFORE_JOIN: RoomView = {
  isReady: false,
  canWrite: false,
  saved: 'saved',
  refused: null,
  cursors: new Map(),
  crowd: null,
  closed: null,
};

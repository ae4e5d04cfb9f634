import type { Batch } from './batch.ts';
import type { Closed } from './closed.ts';
import type { Cursor, Presence } from './cursor.ts';
import type { DoorChanged, SeatChanged } from './door.ts';
import type { JoinReply, JoinRequest } from './join.ts';
import type { Leave } from './leave.ts';
import type { NotesChanged } from './notes.ts';
import type { Push, PushReply } from './push.ts';
import type { StandingChanged } from './standing.ts';
import type { Head, Watch, WatchReply } from './watch.ts';

/** What a client may send. One line each. */
export interface ClientEvents {
  join: (request: JoinRequest, reply: (answer: JoinReply) => void) => void;
  push: (request: Push, reply: (answer: PushReply) => void) => void;
  leave: (request: Leave) => void;
  watch: (request: Watch, reply: (answer: WatchReply) => void) => void;
  cursor: (request: Cursor) => void;
}

/** What a server may send. One line each. */
export interface ServerEvents {
  batch: (message: Batch) => void;
  presence: (message: Presence) => void;
  head: (message: Head) => void;
  closed: (message: Closed) => void;
  door: (message: DoorChanged) => void;
  seat: (message: SeatChanged) => void;
  standing: (message: StandingChanged) => void;
  notes: (message: NotesChanged) => void;
}

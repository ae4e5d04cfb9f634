import type { RoomId } from '@longtable/shared/ids';
import type { Logger } from 'pino';
import { channel, type Io } from '../../platform/sockets.ts';
import type { RoomsEngine } from './rooms-engine.ts';

/** Heads of rooms that are not open are sent on at most this often: they only say "something is new there". */
const HEAD_INTERVAL_MS = 1_000;

/** How often a node looks in the log for what others have written. */
const LOOK_MS = 1_500;

const PREFIX = 'head:';

/** Says each head at most once an interval, the newest only. */
export function createHeadTeller(io: Pick<Io, 'of' | 'to'>) {
  const { adapter } = io.of('/');
  const due = new Map<RoomId, number>();
  /** How far watchers here have been told that each room is, for as long as there are any. */
  const told = new Map<RoomId, number>();
  const forget = (name: string): void => {
    if (name.startsWith(PREFIX)) told.delete(name.slice(PREFIX.length) as RoomId);
  };
  adapter.on('delete-room', forget);
  let timer: NodeJS.Timeout | null = null;
  const flush = () => {
    timer = null;
    for (const [room, seq] of due) io.to(channel.head(room)).emit('head', { room, seq });
    due.clear();
  };
  const tell = (room: RoomId, seq: number) => {
    due.set(room, seq);
    if (told.has(room)) told.set(room, seq);
    timer ??= setTimeout(flush, HEAD_INTERVAL_MS).unref();
  };
  return {
    tell,
    /** Somebody was answered that the room is this far. */
    watch(room: RoomId, seq: number) {
      if (!told.has(room) && adapter.rooms.has(channel.head(room))) told.set(room, seq);
    },
    learn(room: RoomId, seq: number) {
      const before = told.get(room);
      if (before !== undefined && seq > before) tell(room, seq);
    },
    /** The rooms that somebody here watches. */
    watched: (): RoomId[] => [...told.keys()],
    close() {
      if (timer) clearTimeout(timer);
      adapter.off('delete-room', forget);
    },
  };
}

export type HeadTeller = ReturnType<typeof createHeadTeller>;

/** Every other second, so that without a message from the other nodes only this much time is lost. */
export function lookAtNeighbours(engine: RoomsEngine, heads: HeadTeller, logger: Logger): NodeJS.Timeout {
  let isLooking = false;
  const look = async (): Promise<void> => {
    for (const { id, headSeq } of await engine.look(heads.watched())) heads.learn(id, headSeq);
  };
  return setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    void look()
      .catch((error: unknown) => logger.warn({ err: error }, 'the log could not be looked at'))
      .finally(() => (isLooking = false));
  }, LOOK_MS).unref();
}

import type { RoomId } from '@longtable/shared/ids';
import type { Logger } from 'pino';
import { channel, type Io } from '../../platform/sockets.ts';
import type { RoomsEngine } from './rooms-engine.ts';

/** Heads of rooms that are not open are sent on at most this often: they only say "something is new there". */
const HEAD_INTERVAL_MS = 1_000;

/** How often a node looks in the log for what others have written. */
const LOOK_MS = 1_500;

/** Says each head at most once an interval, the newest only. */
export function createHeadTeller(io: Io) {
  const due = new Map<RoomId, number>();
  /** How far watchers here have been told that each room is. */
  const told = new Map<RoomId, number>();
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
      if (!told.has(room)) told.set(room, seq);
    },
    learn(room: RoomId, seq: number) {
      const before = told.get(room);
      if (before !== undefined && seq > before) tell(room, seq);
    },
    forgetAllBut(watched: readonly RoomId[]) {
      const kept = new Set(watched);
      for (const room of told.keys()) if (!kept.has(room)) told.delete(room);
    },
    close: () => void (timer && clearTimeout(timer)),
  };
}

export type HeadTeller = ReturnType<typeof createHeadTeller>;

/** Every other second, so that without a message from the other nodes only this much time is lost. */
export function lookAtNeighbours(
  io: Io,
  engine: RoomsEngine,
  heads: HeadTeller,
  logger: Logger,
): NodeJS.Timeout {
  let isLooking = false;
  const look = async (): Promise<void> => {
    const watched = [...io.sockets.adapter.rooms.keys()]
      .filter((name) => name.startsWith('head:'))
      .map((name) => name.slice('head:'.length) as RoomId);
    heads.forgetAllBut(watched);
    for (const { id, headSeq } of await engine.look(watched)) heads.learn(id, headSeq);
  };
  return setInterval(() => {
    if (isLooking) return;
    isLooking = true;
    void look()
      .catch((error: unknown) => logger.warn({ err: error }, 'the log could not be looked at'))
      .finally(() => (isLooking = false));
  }, LOOK_MS).unref();
}

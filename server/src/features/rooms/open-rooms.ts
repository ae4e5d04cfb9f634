import { sectionOf } from '@longtable/shared/documents/templates/templates';
import { LongtableError } from '@longtable/shared/errors';
import type { RoomId } from '@longtable/shared/ids';
import type { Logger } from 'pino';
import { LiveRoom } from './live-room.ts';
import type { StoredUpdate, UpdateStore } from './update-store.ts';

/** What may come after a snapshot before an open room is compacted: a cold start stays short, and deleted text goes. */
const COMPACT_AFTER_ROWS = 1_000;
const COMPACT_AFTER_BYTES = 1_048_576;

/** A room nobody sits in stays in memory this long: a reconnect storm then loads it once. */
const LINGER_MS = 5_000;

/** What one visitor may do in one room. */
export interface Presence {
  canWrite: boolean;
  clientIds: Set<number>;
}

export interface OpenRoom {
  live: LiveRoom;
  visitors: Map<string, Presence>;
  linger: NodeJS.Timeout | null;
  /** Committed in this batch, not yet broadcast and acknowledged. */
  fresh: { update: StoredUpdate; writer: string; acknowledge: () => void }[];
  isCompacting: boolean;
}

/** The rooms that this node holds in memory. */
export interface OpenRooms {
  /** The copy that is held now, if any. */
  get(id: RoomId): OpenRoom | undefined;
  /** Single flight: however many ask at once, a room is read from the store once. @throws LongtableError notFound */
  open(id: RoomId): Promise<OpenRoom>;
  /** Someone is there: the room stays. */
  hold(room: OpenRoom): void;
  /** Compacts and lets go of the room, some time after nobody sits in it any more. */
  release(room: OpenRoom): void;
  /** Throws a copy away at once, without compacting: it may have missed something. */
  drop(room: OpenRoom): void;
  /** Writes the state down as one snapshot, while store and memory agree on the head; else it is not the time. */
  compact(room: OpenRoom): Promise<void>;
  /** The same in the background, once enough has come in. */
  compactIfLong(room: OpenRoom): void;
  closeAll(): Promise<void>;
}

export function createOpenRooms(store: UpdateStore, logger: Logger): OpenRooms {
  const loading = new Map<RoomId, Promise<OpenRoom>>();
  const opened = new Map<RoomId, OpenRoom>();
  const background = new Set<Promise<unknown>>();
  let isClosed = false;

  const load = async (id: RoomId): Promise<OpenRoom> => {
    const state = await store.load(id);
    if (!state) throw new LongtableError('notFound');
    const live = new LiveRoom(state, sectionOf(state.room.kind, state.room.section));
    const room: OpenRoom = { live, visitors: new Map(), linger: null, fresh: [], isCompacting: false };
    opened.set(id, room);
    return room;
  };

  const drop = (room: OpenRoom): void => {
    if (room.linger) clearTimeout(room.linger);
    if (opened.get(room.live.id) === room) {
      loading.delete(room.live.id);
      opened.delete(room.live.id);
    }
    room.live.destroy();
  };

  const compact = async (room: OpenRoom): Promise<void> => {
    // A copy that was dropped may have missed something, and would make the hole permanent.
    if (room.isCompacting || room.live.tail.rows === 0 || opened.get(room.live.id) !== room) return;
    room.isCompacting = true;
    try {
      const { id, lineage, seq } = room.live;
      const snapshot = room.live.encode();
      const isStored = await store.compact(id, lineage, seq, snapshot);
      if (isStored && room.live.seq === seq) room.live.compacted(snapshot.length);
    } finally {
      room.isCompacting = false;
    }
  };

  const compactQuietly = (room: OpenRoom): Promise<void> =>
    compact(room).catch((error: unknown) => logger.warn({ err: error }, 'a room was not compacted'));

  const inBackground = (work: Promise<unknown>): void => {
    background.add(work);
    void work.finally(() => background.delete(work));
  };

  const release = (room: OpenRoom): void => {
    if (room.linger) clearTimeout(room.linger);
    if (isClosed) return;
    room.linger = setTimeout(() => {
      room.linger = null;
      inBackground(
        compactQuietly(room).then(() => {
          if (room.visitors.size > 0 || room.linger) return;
          // Writes under way belong to this copy: another one, opened meanwhile, would not hear of them.
          if (room.live.hasWaiting) release(room);
          else drop(room);
        }),
      );
    }, LINGER_MS);
    room.linger.unref();
  };

  return {
    get: (id) => opened.get(id),
    open(id) {
      const known = loading.get(id);
      if (known) return known;
      const started = load(id);
      loading.set(id, started);
      started.catch(() => loading.delete(id));
      return started;
    },
    hold(room) {
      if (room.linger) clearTimeout(room.linger);
      room.linger = null;
    },
    release,
    drop,
    compact,
    compactIfLong(room) {
      const { rows, bytes } = room.live.tail;
      if (rows >= COMPACT_AFTER_ROWS || bytes >= COMPACT_AFTER_BYTES) inBackground(compactQuietly(room));
    },
    async closeAll() {
      isClosed = true;
      await Promise.all(background);
      for (const room of [...opened.values()]) {
        await compactQuietly(room);
        drop(room);
      }
    },
  };
}

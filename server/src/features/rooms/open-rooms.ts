import { randomInt } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { sectionOf } from '@longtable/shared/documents/templates/templates';
import { LongtableError } from '@longtable/shared/errors';
import type { RoomId } from '@longtable/shared/ids';
import type { Logger } from 'pino';
import { LiveRoom } from './live-room.ts';
import type { Rewriter } from './rewriter.ts';
import type { OwnUpdate, UpdateStore } from './update-store.ts';

/** What may come after a snapshot before an open room is compacted: a cold start stays short, and deleted text goes. */
const COMPACT_AFTER_ROWS = 1_000;
const COMPACT_AFTER_BYTES = 1_048_576;

/** A room nobody sits in stays in memory this long: a reconnect storm then loads it once. */
const LINGER_MS = 5_000;

/** A room in which nobody has written for this long keeps its bytes only; the next letter makes its Y.Doc again. */
const COOL_AFTER_MS = 300_000;
const COOL_CHECK_MS = 60_000;

/** What compacting may take when the server stops: half of what it has for all of that. */
const CLOSING_MS = 5_000;

/** What one visitor may do in one room. */
export interface Presence {
  canWrite: boolean;
  /** Whether the section was open when they joined. */
  isOpen: boolean;
  clientIds: Set<number>;
}

/** Whose words they are, and the stay in which they were said: after a new join the visitor may hold less. */
export interface Writer {
  visitor: string;
  presence: Presence;
}

export interface OpenRoom {
  live: LiveRoom;
  visitors: Map<string, Presence>;
  linger: NodeJS.Timeout | null;
  /** Committed in this batch, not yet broadcast and acknowledged. */
  fresh: { update: OwnUpdate; writer: Writer; acknowledge: () => void }[];
  /** Under way. */
  compaction: Promise<void> | null;
  /** A compaction that failed is tried again when the log has grown this long. */
  compactAtRows: number;
}

/** The rooms that this node holds in memory. */
export interface OpenRooms {
  /** The copy that is held now, if any. */
  get(id: RoomId): OpenRoom | undefined;
  readonly size: number;
  /** How many of them hold a Y.Doc. */
  readonly warm: number;
  /** Single flight: however many ask at once, a room is read from the store once. @throws LongtableError notFound */
  open(id: RoomId): Promise<OpenRoom>;
  /** Someone is there: the room stays. */
  hold(room: OpenRoom): void;
  /** Compacts and lets go of the room, some time after nobody sits in it any more. */
  release(room: OpenRoom): void;
  /** Throws a copy away at once, without compacting: it may have missed something. */
  drop(room: OpenRoom): void;
  /** Writes the state down as one snapshot, in a thread of its own; joins a compaction that is under way. */
  compact(room: OpenRoom): Promise<void>;
  /** The same in the background, once enough has come in. */
  compactIfLong(room: OpenRoom): void;
  closeAll(): Promise<void>;
}

export function createOpenRooms(store: UpdateStore, rewriter: Rewriter, logger: Logger): OpenRooms {
  const loading = new Map<RoomId, Promise<OpenRoom>>();
  const opened = new Map<RoomId, OpenRoom>();
  const background = new Set<Promise<unknown>>();
  let isClosed = false;

  const cooling = setInterval(() => {
    for (const { live } of opened.values()) live.coolDown(performance.now() - COOL_AFTER_MS);
  }, COOL_CHECK_MS).unref();

  const load = async (id: RoomId): Promise<OpenRoom> => {
    const state = await store.load(id);
    if (!state) throw new LongtableError('notFound');
    const live = new LiveRoom(state, sectionOf(state.room.kind, state.room.section));
    const room: OpenRoom = {
      live,
      visitors: new Map(),
      linger: null,
      fresh: [],
      compaction: null,
      compactAtRows: COMPACT_AFTER_ROWS,
    };
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

  const compactNow = async (room: OpenRoom): Promise<void> => {
    const { live } = room;
    // Should it fail: not before the log has grown by as much again.
    room.compactAtRows = live.tail.rows + COMPACT_AFTER_ROWS;
    let { seq } = live;
    // Not in one transaction, which would hold up who writes there, and on one connection everybody. What is read
    // never changes: rows up to a sequence stay as they are until a snapshot takes their place, and the store takes
    // ours only where no other came as far. What is committed meanwhile stays in the log, after it.
    const { snapshot, vector } = await rewriter.run(() => {
      if (opened.get(live.id) !== room) throw new Error('the copy was dropped');
      ({ seq } = live);
      return { as: 'compact', ...live.stored };
    });
    if (!(await store.compact(live.id, live.lineage, seq, snapshot, vector))) return;
    live.compacted(seq, snapshot);
    room.compactAtRows = COMPACT_AFTER_ROWS;
  };

  const compact = async (room: OpenRoom): Promise<void> => {
    // A copy that was dropped may have missed something, and would make the hole permanent.
    if (room.live.tail.rows === 0 || opened.get(room.live.id) !== room) return;
    await (room.compaction ??= compactNow(room).finally(() => (room.compaction = null)));
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
    get size() {
      return opened.size;
    },
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
      const isLong = rows >= room.compactAtRows;
      const isLarge = bytes >= COMPACT_AFTER_BYTES && room.compactAtRows === COMPACT_AFTER_ROWS;
      if (isLong || isLarge) inBackground(compactQuietly(room));
    },
    get warm() {
      return [...opened.values()].filter(({ live }) => live.isWarm).length;
    },
    async closeAll() {
      isClosed = true;
      clearInterval(cooling);
      const compactAll = async () => {
        await Promise.all(background);
        await Promise.all([...opened.values()].map(compactQuietly));
      };
      // Whoever stops the server does not wait for long: what is not compacted is in the log.
      await Promise.race([compactAll(), wait(CLOSING_MS, undefined, { ref: false })]);
      for (const room of [...opened.values()]) drop(room);
      await rewriter.close();
    },
  };
}

/** Of a page that joins: one under which nobody in the room writes, or ever wrote. */
export function freshClientId({ live, visitors }: OpenRoom): number {
  for (;;) {
    const id = randomInt(1, 2 ** 32);
    const isTaken = [...visitors.values()].some((visitor) => visitor.clientIds.has(id));
    if (!isTaken && live.clockOf(id) === 0) return id;
  }
}

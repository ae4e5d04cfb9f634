import type { Logger } from 'pino';
import * as Y from 'yjs';
import type { OpenRoom, OpenRooms, Writer } from './open-rooms.ts';
import type { CommittedRange, EngineEvents } from './engine-events.ts';
import type { StoredUpdate, UpdateStore } from './update-store.ts';

/** What is committed reaches this node's copies and everyone who sits in them, whoever committed it (ROOMS.md R15, R40). */
export interface CatchUp {
  /** Takes a room's own committed writes in, sends them on as one message, then acknowledges. */
  publish(room: OpenRoom): Promise<void>;
  /** Takes what follows on from the copy, and sends it on; what is held already, or comes after a gap, is left out. */
  take(room: OpenRoom, committed: readonly StoredUpdate[]): void;
  /** The same for a range that another node has sent as one; false where something is missing before it. */
  takeRange(room: OpenRoom, range: Pick<CommittedRange, 'fromSeq' | 'toSeq' | 'bytes'>): boolean;
  /**
   * Reads from the log what the copy lacks up to there, or retires it where the room was rewritten meanwhile.
   * @throws where the database fails; the copy is unharmed
   */
  fill(room: OpenRoom, uptoSeq: number): Promise<void>;
  /** Puts everyone out of a copy, to join what the store has. The words are safe in the log; only this copy is not. */
  retire(room: OpenRoom): void;
  /** The same for a copy that is not what the log says, which should not be. */
  lose(room: OpenRoom, error: unknown): void;
}

interface CatchUpDeps {
  store: UpdateStore;
  rooms: OpenRooms;
  logger: Logger;
  events: EngineEvents;
  /** This node has committed these words: for the other nodes. */
  tell: (committed: CommittedRange) => void;
}

export function createCatchUp({ store, rooms, logger, events, tell }: CatchUpDeps): CatchUp {
  const retire = (room: OpenRoom): void => {
    if (rooms.get(room.live.id) === room) events.failed(room.live.id);
    rooms.drop(room);
  };

  const lose = (room: OpenRoom, error: unknown): void => {
    if (rooms.get(room.live.id) !== room) return;
    logger.error({ err: error }, 'room copy dropped');
    retire(room);
  };

  const take = (room: OpenRoom, committed: readonly StoredUpdate[]): void => {
    const { live } = room;
    // A copy that was thrown away is of no use to anybody.
    if (rooms.get(live.id) !== room) return;
    const ours = room.fresh.map(({ update }) => update);
    settle(room, followingOn(live.seq, merge(committed, ours)));
  };

  const settle = (room: OpenRoom, news: readonly StoredUpdate[]): void => {
    const { live } = room;
    if (news.length === 0) return;
    const ours = new Set<StoredUpdate>(room.fresh.map(({ update }) => update));
    const isStill = ({ visitor, presence }: Writer) => room.visitors.get(visitor) === presence;
    const fromSeq = live.seq + 1;
    live.settle(news);
    const writers = new Set(
      room.fresh
        .filter(({ update }) => news.includes(update))
        .map(({ writer }) => (isStill(writer) ? writer.visitor : null)),
    );
    const bytes =
      news.length === 1 && news[0] ? news[0].bytes : Y.mergeUpdates(news.map((each) => each.bytes));
    const range = { room: live.id, lineage: live.lineage, fromSeq, toSeq: live.seq };
    const isAllOurs = news.every((each) => ours.has(each));
    const [writer = null] = isAllOurs && writers.size === 1 ? writers : [];
    events.batch(
      { ...range, bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64') },
      writer,
    );
    events.head(live.id, live.seq);
    if (news.some((each) => ours.has(each))) tell({ ...range, bytes });
    rooms.compactIfLong(room);
  };

  const fill = async (room: OpenRoom, uptoSeq: number): Promise<void> => {
    const { live } = room;
    if (live.seq >= uptoSeq) return;
    const since = await store.readSince(live.id, live.lineage, live.seq);
    if (!since) return retire(room);
    take(room, since);
    // Another node has compacted what we lack: only a snapshot has it now.
    if (live.seq < uptoSeq) lose(room, new Error('the log has a hole'));
  };

  return {
    async publish(room) {
      const fresh = [...room.fresh];
      const last = fresh.at(-1)?.update.seq ?? 0;
      try {
        take(room, []);
        // A gap means that a commit whose answer was lost, or another node, wrote in between: the log has it.
        if (room.live.seq < last) await fill(room, last);
        // Where this copy was dropped while its writes were under way, whoever sits in its successor must hear of them.
        const heir = rooms.get(room.live.id);
        if (heir && heir !== room) await fill(heir, last);
      } catch (error) {
        // The words are safe in the log; only the copy is not.
        const copy = rooms.get(room.live.id);
        if (copy) lose(copy, error);
      }
      // A deletion that came in from the log meanwhile looks like anybody's, and would wait for ever.
      for (const { update } of fresh) room.live.took(update.parts);
      room.fresh.splice(0, fresh.length);
      for (const { acknowledge } of fresh) acknowledge();
    },
    take,
    takeRange(room, { fromSeq, toSeq, bytes }) {
      if (toSeq <= room.live.seq || rooms.get(room.live.id) !== room) return true;
      if (fromSeq > room.live.seq + 1) return false;
      settle(room, [{ seq: toSeq, bytes }]);
      return true;
    },
    fill,
    lose,
    retire,
  };
}

/** Those that come right after `seq`, one after another. */
function followingOn(seq: number, updates: readonly StoredUpdate[]): StoredUpdate[] {
  const following: StoredUpdate[] = [];
  for (const update of updates) if (update.seq === (following.at(-1)?.seq ?? seq) + 1) following.push(update);
  return following;
}

/** Log rows and just-committed updates by sequence; ours keep their identity, by which `settle` knows them. */
function merge(log: readonly StoredUpdate[], ours: readonly StoredUpdate[]): StoredUpdate[] {
  const bySeq = new Map(log.map((update) => [update.seq, update]));
  for (const update of ours) bySeq.set(update.seq, update);
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

import { Lineage, type RoomId } from '@longtable/shared/ids';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { CatchUp } from './catch-up.ts';
import type { OpenRoom, OpenRooms } from './open-rooms.ts';
import type { RoomRelay } from '../../platform/room-relay.ts';
import type { CommittedRange } from './engine-events.ts';
import type { RoomProgress, UpdateStore } from './update-store.ts';

const Seq = z.number().int().positive();
const BatchPlace = z.object({ lineage: Lineage, fromSeq: Seq, toSeq: Seq });
const ClientIds = z.array(z.number().int().positive()).max(100);

/** Rooms asked for at once. */
export const HEADS_AT_ONCE = 5_000;

/** The other nodes, as this node's open rooms see them: by message, and failing that by looking at the log. */
export interface Neighbours {
  /** Hears what others commit in it, from now until the copy is let go. */
  follow(room: OpenRoom): void;
  tell(committed: CommittedRange): void;
  /** Nobody else holds these tickets any more. */
  take(room: RoomId, clientIds: readonly number[]): void;
  /**
   * Compares open rooms with the database, and says how far they and `others` have come there. With no message at
   * all, this alone brings everything (ROOMS.md R41).
   */
  look(others: readonly RoomId[]): Promise<RoomProgress[]>;
  /** Brings an open room up to there from the log, once no write of ours is on its way. */
  reach(room: OpenRoom, seq: number): void;
  close(): void;
}

interface NeighbourDeps {
  store: UpdateStore;
  rooms: OpenRooms;
  relay: RoomRelay;
  logger: Logger;
  catchUp: CatchUp;
  /** Resolves when no write of ours stands between the database and the copies. */
  afterBatch(): Promise<void>;
  /** Who may write there has changed for everyone. */
  reopened(room: RoomId): void;
}

export function createNeighbours(deps: NeighbourDeps): Neighbours {
  const { store, rooms, relay, logger, catchUp, afterBatch, reopened } = deps;
  const followed = new Map<OpenRoom, () => void>();
  /** How far each room is being read up to, where it is. */
  const filling = new Map<OpenRoom, number>();

  const isHeld = (room: OpenRoom) => rooms.get(room.live.id) === room;

  const fill = async (room: OpenRoom, uptoSeq: number): Promise<void> => {
    if (room.live.seq >= uptoSeq) return;
    const isUnderWay = filling.has(room);
    filling.set(room, Math.max(uptoSeq, filling.get(room) ?? 0));
    if (isUnderWay) return;
    try {
      // Our own commit may be what is missing; it arrives by itself.
      await afterBatch();
      while (isHeld(room) && room.live.seq < filling.get(room)!) await catchUp.fill(room, filling.get(room)!);
    } catch (error) {
      logger.warn({ err: error }, 'a room is behind the log');
    } finally {
      filling.delete(room);
    }
  };

  const hearBatch = (room: OpenRoom, place: unknown, bytes: Uint8Array): void => {
    const { lineage, fromSeq, toSeq } = BatchPlace.parse(place);
    if (!isHeld(room) || lineage !== room.live.lineage) return;
    if (!catchUp.takeRange(room, { fromSeq, toSeq, bytes })) void fill(room, toSeq);
  };

  const hearTaken = (room: OpenRoom, words: Uint8Array): void => {
    const taken = ClientIds.parse(JSON.parse(Buffer.from(words).toString()));
    for (const visitor of room.visitors.values()) for (const id of taken) visitor.clientIds.delete(id);
  };

  const compare = (room: OpenRoom, head: RoomProgress | undefined): void => {
    if (!head || !room.live.isOf(head)) catchUp.retire(room);
    else if (head.headSeq < room.live.seq) catchUp.lose(room, new Error('the log is shorter than it was'));
    else if ([...room.visitors.values()].some(({ isOpen }) => isOpen !== head.isOpen)) reopened(head.id);
    if (head && isHeld(room) && head.headSeq > room.live.seq) void fill(room, head.headSeq);
  };

  return {
    follow(room) {
      if (!relay.isShared || followed.has(room)) return;
      const { id } = room.live;
      const ends = [
        relay.listen(id, 'batch', (place, words) => hearBatch(room, place, words)),
        relay.listen(id, 'taken', (_place, words) => hearTaken(room, words)),
      ];
      followed.set(room, () => ends.forEach((end) => end()));
    },
    tell: ({ room, lineage, fromSeq, toSeq, bytes }) =>
      relay.send(room, 'batch', { lineage, fromSeq, toSeq }, bytes),
    take: (room, clientIds) => relay.send(room, 'taken', {}, Buffer.from(JSON.stringify(clientIds))),
    async look(others) {
      for (const [room, end] of followed) {
        if (isHeld(room)) continue;
        end();
        followed.delete(room);
      }
      const open = [...followed.keys()].map((room) => ({ room, seq: room.live.seq }));
      const ids = [...new Set([...open.map(({ room }) => room.live.id), ...others])];
      const heads: RoomProgress[] = [];
      for (let at = 0; at < ids.length; at += HEADS_AT_ONCE)
        heads.push(...(await store.progressOf(ids.slice(at, at + HEADS_AT_ONCE))));
      const byRoom = new Map(heads.map((head) => [head.id, head]));
      for (const { room, seq } of open) {
        const head = byRoom.get(room.live.id);
        // What came in while the database was asked is newer than its answer.
        if (isHeld(room) && (!head || room.live.seq === seq || head.headSeq > room.live.seq))
          compare(room, head);
      }
      return heads;
    },
    reach: (room, seq) => void fill(room, seq),
    close() {
      for (const end of followed.values()) end();
      followed.clear();
    },
  };
}

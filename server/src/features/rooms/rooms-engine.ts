import { setImmediate } from 'node:timers/promises';
import { LongtableError } from '@longtable/shared/errors';
import type { Lineage, RoomId, SeatId } from '@longtable/shared/ids';
import { MAX_JOINS_AT_ONCE } from '@longtable/shared/limits';
import type { JoinRequest, JoinedRoom } from '@longtable/shared/protocol/socket/join';
import type { Push } from '@longtable/shared/protocol/socket/push';
import type { Logger } from 'pino';
import { createGate } from '../../platform/gate.ts';
import type { Keyring } from '../../platform/keyring.ts';
import type { Metrics } from '../../platform/metrics.ts';
import type { RoomRelay } from '../../platform/room-relay.ts';
import { createCatchUp } from './catch-up.ts';
import { createCommitter } from './committer.ts';
import type { CommittedRange, EngineEvents } from './engine-events.ts';
import type { Held } from './live-room.ts';
import { createNeighbours, HEADS_AT_ONCE } from './neighbours.ts';
import { createOpenRooms, freshClientId, type OpenRoom, type Writer } from './open-rooms.ts';
import { createRewriter, type Rewriter } from './rewriter.ts';
import type { CommitOutcome } from './rows.ts';
import { readTicket, signTicket } from './tickets.ts';
import type { RoomAccess, RoomProgress, SeatInRoom, TriedOn, UpdateStore } from './update-store.ts';

/** A room that is rewritten this often while somebody joins it has another trouble. */
const MAX_OPENINGS = 3;

/** One live connection of one seat, whatever the transport. */
export interface Visitor {
  readonly id: string;
  readonly seat: SeatId;
}

type JoinRoom = JoinRequest['rooms'][number];

export interface RoomsEngine {
  /**
   * Opens one room to a visitor. `enter` is called in the same breath in which the state is read, so that
   * whatever is published next reaches the visitor; it is told what processor time the reading took.
   * @throws LongtableError notFound
   */
  join(
    visitor: Visitor,
    request: JoinRoom,
    enter: (spentMs: number, lineage: Lineage) => void,
  ): Promise<Omit<JoinedRoom, 'ok' | 'handle' | 'presenceId'>>;
  /** Resolves once the update is committed. @throws LongtableError, with nothing changed */
  push(visitor: Visitor, push: Push): Promise<{ seq: number }>;
  leave(visitor: Visitor, room: RoomId): void;
  /** Which of these rooms the seats beside them may read, with their heads. */
  heads(asked: readonly SeatInRoom[]): Promise<RoomAccess[]>;
  /** Brings open rooms up to what other nodes have written, and says how far they and these have come. */
  look(others: readonly RoomId[]): Promise<RoomProgress[]>;
  readonly openRooms: number;
  /** Those of them for which there is a Y.Doc. */
  readonly warmRooms: number;
  readonly queuedWrites: number;
  /** Settles every write, then lets go of every room. */
  close(): Promise<void>;
}

export interface EngineOptions {
  store: UpdateStore;
  keyring: Keyring;
  logger: Logger;
  metrics: Metrics;
  events: EngineEvents;
  relay: RoomRelay;
  /** Closed with the engine. */
  rewriter?: Rewriter;
}

/** Rooms of one node: joins, the write path and what follows a commit (docs/ROOMS.md). */
export function createRoomsEngine(options: EngineOptions): RoomsEngine {
  const { store, keyring, logger, metrics, events, relay, rewriter = createRewriter() } = options;
  const rooms = createOpenRooms(store, rewriter, logger);
  const joins = createGate(MAX_JOINS_AT_ONCE);
  const dirty = new Set<OpenRoom>();
  let isClosed = false;

  const tell = (committed: CommittedRange) => neighbours.tell(committed);
  const catchUp = createCatchUp({ store, rooms, logger, events, tell });
  const { publish, take, fill, lose, retire } = catchUp;
  const committer = createCommitter(store, { logger, metrics }, async () => {
    const written = [...dirty];
    dirty.clear();
    await Promise.all(written.map(publish));
  });
  const neighbours = createNeighbours({
    store,
    rooms,
    relay,
    logger,
    catchUp,
    afterBatch: () => committer.afterBatch(),
    reopened: (room) => events.reopened(room),
  });

  /**
   * What is new in an update, staged; null where all of it is committed. A repeat of what is still on its way
   * to the database, and may yet fail there, waits for it.
   */
  const stage = async (
    room: OpenRoom,
    bytes: Uint8Array,
    isOwner: (client: number) => boolean,
  ): Promise<Uint8Array | null> => {
    for (let idleTurns = 0; ;) {
      if (rooms.get(room.live.id) !== room) throw new LongtableError('resync');
      const fresh = room.live.stage(bytes, isOwner);
      if (fresh || !room.live.hasWaiting) return fresh;
      await Promise.all([committer.afterBatch(), setImmediate()]);
      idleTurns = committer.isIdle ? idleTurns + 1 : 0;
      // Between staging and queueing there is a breath, not two turns.
      if (idleTurns > 1) lose(room, new Error('a write waits that nobody commits'));
    }
  };

  /**
   * The room as far as the store had come when it was asked, since whoever joins may have seen that much on another
   * node, and what the seat may do there. @throws LongtableError notFound
   */
  const openFor = async (seat: SeatId, id: RoomId): Promise<{ room: OpenRoom; access: RoomAccess }> => {
    for (let tries = 0; tries < MAX_OPENINGS; tries += 1) {
      const [access] = await store.accessFor([{ seat, room: id }]);
      if (!access) throw new LongtableError('notFound');
      const room = await rooms.open(id);
      neighbours.follow(room);
      if (room.visitors.size === 0) rooms.release(room);
      if (!room.live.isOf(access.room)) retire(room);
      else await fill(room, access.room.headSeq);
      // It may have been let go of between its opening and this line.
      if (rooms.get(id) === room) return { room, access };
    }
    throw new LongtableError('unavailable');
  };

  /** Puts a staged update into the next transaction, and says what came of it. */
  const commit = (
    room: OpenRoom,
    { seat }: Visitor,
    writer: Writer,
    fresh: Uint8Array,
  ): Promise<CommitOutcome> =>
    new Promise((resolve) => {
      const { live } = room;
      const isOrphan = () => live.isOrphan(fresh);
      const on: TriedOn = {
        get seq() {
          return live.seq;
        },
        catchUp(updates, headSeq) {
          take(room, updates);
          if (live.seq !== headSeq) lose(room, new Error('the copy is not what the log says'));
        },
        stands: () => rooms.get(live.id) === room && !isOrphan(),
      };
      committer.add({
        copy: room,
        room: live.id,
        lineage: live.lineage,
        seat,
        bytes: fresh,
        on,
        hearers: room.visitors.size,
        isOrphan,
        settle(result) {
          if (result.ok) {
            const acknowledge = () => resolve(result);
            room.fresh.push({ update: result.update, writer, acknowledge });
            dirty.add(room);
          } else {
            live.withdraw(fresh);
            resolve(result);
          }
        },
      });
    });

  return {
    async join(visitor, request, enter) {
      if (isClosed) throw new LongtableError('unavailable');
      const { room, access } = await joins.run(() => openFor(visitor.seat, request.room));
      const { live } = room;
      const isSameLineage = request.lineage === live.lineage;
      const startedMs = performance.now();
      const missing = live.missing(isSameLineage ? heldBy(request) : {});
      const spentMs = performance.now() - startedMs;
      rooms.hold(room);

      const place = { room: live.id, lineage: live.lineage, seat: visitor.seat };
      const clientId = freshClientId(room);
      const clientIds = new Set([clientId]);
      if (isSameLineage) {
        for (const ticket of request.tickets ?? []) {
          const presented = readTicket(keyring, place, ticket);
          if (presented !== null) clientIds.add(presented);
        }
      }
      // One live connection per ticket: whoever presents it last holds it.
      for (const other of room.visitors.values()) for (const id of clientIds) other.clientIds.delete(id);
      const { canWrite, isOpen } = access;
      room.visitors.set(visitor.id, { canWrite, isOpen, clientIds });
      if (clientIds.size > 1) neighbours.take(live.id, [...clientIds]);
      enter(spentMs, live.lineage);
      return {
        room: live.id,
        lineage: live.lineage,
        epoch: live.epoch,
        seq: live.seq,
        stateVector: toBase64(live.stateVector),
        missing: missing.map(({ encoding, bytes }) => ({ encoding, bytes: toBase64(bytes) })),
        clientId,
        ticket: signTicket(keyring, place, clientId),
        canWrite,
      };
    },

    async push(visitor, push) {
      const arrivedMs = performance.now();
      if (isClosed) throw new LongtableError('unavailable');
      const room = rooms.get(push.room);
      const presence = room?.visitors.get(visitor.id);
      if (!room || !presence) throw new LongtableError('resync');
      if (push.lineage !== room.live.lineage) throw new LongtableError('lineageChanged');
      if (!presence.canWrite) throw new LongtableError('readOnly');
      const bytes = Buffer.from(push.bytes, 'base64');
      if (room.live.isFullFor(bytes.length)) {
        // Deleted text counts until it is compacted away.
        await rooms.compact(room);
        if (room.live.isFullFor(bytes.length))
          throw new LongtableError(room.live.hasWaiting ? 'unavailable' : 'tooLarge');
      }
      const isOwner = (client: number) => presence.clientIds.has(client);
      for (;;) {
        const fresh = await stage(room, bytes, isOwner);
        if (!fresh) return { seq: room.live.seq };
        const outcome = await commit(room, visitor, { visitor: visitor.id, presence }, fresh);
        if (outcome.ok) {
          metrics.wrote((performance.now() - arrivedMs) / 1_000);
          return { seq: outcome.update.seq };
        }
        if (outcome.code === 'lineageChanged') retire(room);
        // Somebody on another node was first: it is tried again on what they wrote.
        if (!room.live.isOvertaken(fresh)) throw new LongtableError(outcome.code);
      }
    },

    leave(visitor, id) {
      const room = rooms.get(id);
      if (room?.visitors.delete(visitor.id) && room.visitors.size === 0) rooms.release(room);
    },

    look: (others) => neighbours.look(others),

    async heads(asked) {
      const found: RoomAccess[] = [];
      for (let at = 0; at < asked.length; at += HEADS_AT_ONCE) {
        const page = await store.accessFor(asked.slice(at, at + HEADS_AT_ONCE));
        found.push(...page);
        // At once: a copy that was opened since would be judged by what was true before.
        for (const { room } of page) {
          const copy = rooms.get(room.id);
          if (copy && !copy.live.isOf(room)) retire(copy);
          // A copy that was read in the very moment of a commit lacks it, and nobody else may ever say so.
          else if (copy) neighbours.reach(copy, room.headSeq);
        }
      }
      return found;
    },

    get openRooms() {
      return rooms.size;
    },
    get warmRooms() {
      return rooms.warm;
    },
    get queuedWrites() {
      return committer.queued;
    },

    async close() {
      isClosed = true;
      await committer.idle();
      neighbours.close();
      await rooms.closeAll();
    },
  };
}

const toBase64 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('base64');

const heldBy = ({ seq, stateVector }: JoinRoom): Held => ({
  seq,
  stateVector: stateVector === undefined ? undefined : Buffer.from(stateVector, 'base64'),
});

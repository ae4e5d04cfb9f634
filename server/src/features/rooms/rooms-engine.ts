import { randomInt } from 'node:crypto';
import { LongtableError } from '@longtable/shared/errors';
import type { RoomId, SeatId } from '@longtable/shared/ids';
import type { JoinRequest, JoinedRoom } from '@longtable/shared/protocol/socket/join';
import type { Batch } from '@longtable/shared/protocol/socket/batch';
import type { Push } from '@longtable/shared/protocol/socket/push';
import { sectionOf } from '@longtable/shared/documents/templates/templates';
import type { Logger } from 'pino';
import * as Y from 'yjs';
import type { Keyring } from '../../platform/keyring.ts';
import { type CommitOutcome, createCommitter } from './committer.ts';
import { LiveRoom } from './live-room.ts';
import { readTicket, signTicket } from './tickets.ts';
import type { RoomAccess, StoredUpdate, UpdateStore } from './update-store.ts';

/** Tail rows after which an open room is compacted, so that a cold start stays short. */
const COMPACT_AFTER_ROWS = 1_000;

/** A room nobody sits in stays in memory this long: a reconnect storm then loads it once. */
const LINGER_MS = 5_000;

/** One live connection of one seat, whatever the transport. */
export interface Visitor {
  readonly id: string;
  readonly seat: SeatId;
}

/** What the engine tells the transport. Called only after the commit it speaks of. */
export interface EngineEvents {
  /** `writer` is the only visitor whose words are in the batch, who need not be sent them; else null. */
  batch(message: Batch, writer: string | null): void;
  head(room: RoomId, seq: number): void;
  /** These visitors are out of the room: its history was rewritten or their seat is gone. */
  failed(room: RoomId, error: unknown): void;
}

type JoinRoom = JoinRequest['rooms'][number];

export interface RoomsEngine {
  /**
   * Opens one room to a visitor. `enter` is called in the same breath in which the state is read, so that
   * whatever is published next reaches the visitor. @throws LongtableError notFound
   */
  join(visitor: Visitor, request: JoinRoom, enter: () => void): Promise<Omit<JoinedRoom, 'ok' | 'presenceId'>>;
  /** Resolves once the update is committed. @throws LongtableError, with nothing changed */
  push(visitor: Visitor, push: Push): Promise<{ seq: number }>;
  leave(visitor: Visitor, room: RoomId): void;
  /** Which of these rooms the seat may read, with their heads. */
  heads(seat: SeatId, rooms: readonly RoomId[]): Promise<RoomAccess[]>;
  /** Settles every write, then lets go of every room. */
  close(): Promise<void>;
}

interface OpenRoom {
  live: LiveRoom;
  visitors: Map<string, Presence>;
  linger: NodeJS.Timeout | null;
  /** Committed in this batch, not yet broadcast and acknowledged. */
  fresh: { update: StoredUpdate; writer: string; acknowledge: () => void }[];
  isCompacting: boolean;
}

interface Presence {
  canWrite: boolean;
  clientIds: Set<number>;
}

export interface EngineOptions {
  store: UpdateStore;
  keyring: Keyring;
  logger: Logger;
  events: EngineEvents;
}

/** Rooms of one node: joins, the write path and what follows a commit (docs/ROOMS.md). */
export function createRoomsEngine({ store, keyring, logger, events }: EngineOptions): RoomsEngine {
  const rooms = new Map<RoomId, Promise<OpenRoom>>();
  const opened = new Map<RoomId, OpenRoom>();
  const dirty = new Set<OpenRoom>();
  const background = new Set<Promise<unknown>>();
  let isClosed = false;

  /** Single flight: however many ask at once, a room is read from the store once. */
  const open = (id: RoomId): Promise<OpenRoom> => {
    const known = rooms.get(id);
    if (known) return known;
    const loading = load(id);
    rooms.set(id, loading);
    loading.catch(() => rooms.delete(id));
    return loading;
  };

  const load = async (id: RoomId): Promise<OpenRoom> => {
    const state = await store.load(id);
    if (!state) throw new LongtableError('notFound');
    const live = new LiveRoom(state, sectionOf(state.room.kind, state.room.section));
    const room: OpenRoom = { live, visitors: new Map(), linger: null, fresh: [], isCompacting: false };
    opened.set(id, room);
    return room;
  };

  const close = (room: OpenRoom): void => {
    if (opened.get(room.live.id) === room) {
      rooms.delete(room.live.id);
      opened.delete(room.live.id);
    }
    room.live.destroy();
  };

  const lingerThenClose = (room: OpenRoom): void => {
    if (room.linger) clearTimeout(room.linger);
    room.linger = setTimeout(() => {
      room.linger = null;
      keep(
        compact(room).then(() => {
          if (room.visitors.size > 0 || room.linger) return;
          // Writes under way belong to this copy: another one, opened meanwhile, would not hear of them.
          if (room.live.hasWaiting) lingerThenClose(room);
          else close(room);
        }),
      );
    }, LINGER_MS);
    room.linger.unref();
  };

  const keep = (work: Promise<unknown>): void => {
    const guarded = work.catch((error: unknown) => logger.warn({ err: error }, 'room upkeep failed'));
    background.add(guarded);
    void guarded.finally(() => background.delete(guarded));
  };

  /** Writes the state down as one snapshot. Only while store and memory agree on the head; else it is not the time. */
  const compact = async (room: OpenRoom): Promise<void> => {
    if (room.isCompacting || room.live.tailRows === 0) return;
    room.isCompacting = true;
    try {
      const { id, lineage, seq } = room.live;
      const snapshot = room.live.encode();
      if ((await store.compact(id, lineage, seq, snapshot)) && room.live.seq === seq) room.live.compacted(snapshot.length);
    } finally {
      room.isCompacting = false;
    }
  };

  const committer = createCommitter(store, () => Promise.all([...dirty].map(publish)).then(() => undefined));

  /** Takes a room's committed writes into the readable document and sends them on as one message. */
  const publish = async (room: OpenRoom): Promise<void> => {
    dirty.delete(room);
    const { live } = room;
    const fresh = room.fresh.splice(0);
    const first = fresh[0];
    const last = fresh.at(-1);
    if (!first || !last) return;
    try {
      const updates = fresh.map(({ update }) => update);
      // A gap means that a commit whose answer was lost, or another node, wrote in between: the log has it.
      const isWhole = first.update.seq === live.seq + 1 && last.update.seq - first.update.seq === fresh.length - 1;
      const all = isWhole ? updates : merge(await store.readSince(live.id, live.seq), updates);
      const fromSeq = live.seq + 1;
      live.settle(all);
      const writers = new Set(fresh.map(({ writer }) => writer));
      const bytes = all.length === 1 && all[0] ? all[0].bytes : Y.mergeUpdates(all.map((update) => update.bytes));
      events.batch(
        { room: live.id, lineage: live.lineage, fromSeq, toSeq: live.seq, bytes: Buffer.from(bytes).toString('base64') },
        isWhole && writers.size === 1 ? first.writer : null,
      );
      events.head(live.id, live.seq);
      if (live.tailRows >= COMPACT_AFTER_ROWS) keep(compact(room));
    } catch (error) {
      // The words are safe in the log; only this copy is not. Start it again from the log.
      logger.error({ err: error }, 'room copy dropped');
      close(room);
      events.failed(live.id, error);
    }
    for (const { acknowledge } of fresh) acknowledge();
  };

  const freshClientId = (room: OpenRoom): number => {
    for (;;) {
      const id = randomInt(1, 2 ** 32);
      const isTaken = [...room.visitors.values()].some((visitor) => visitor.clientIds.has(id));
      if (!isTaken && room.live.clockOf(id) === 0) return id;
    }
  };

  return {
    async join(visitor, request, enter) {
      if (isClosed) throw new LongtableError('unavailable');
      const [access] = await store.accessFor(visitor.seat, [request.room]);
      if (!access) throw new LongtableError('notFound');
      const room = await open(request.room);
      const { live } = room;
      if (room.linger) clearTimeout(room.linger);
      room.linger = null;

      const place = { room: live.id, lineage: live.lineage, seat: visitor.seat };
      const clientId = freshClientId(room);
      const clientIds = new Set([clientId]);
      if (request.lineage === live.lineage) {
        for (const ticket of request.tickets ?? []) {
          const presented = readTicket(keyring, place, ticket);
          if (presented !== null) clientIds.add(presented);
        }
      }
      // One live connection per ticket: whoever presents it last holds it.
      for (const other of room.visitors.values()) for (const id of clientIds) other.clientIds.delete(id);
      room.visitors.set(visitor.id, { canWrite: access.canWrite, clientIds });

      const held = request.lineage === live.lineage && request.stateVector ? Buffer.from(request.stateVector, 'base64') : undefined;
      const missing = readMissing(live.doc, held);
      enter();
      return {
        room: live.id,
        lineage: live.lineage,
        epoch: live.epoch,
        seq: live.seq,
        stateVector: Buffer.from(Y.encodeStateVector(live.doc)).toString('base64'),
        missing: [{ encoding: 'v2', bytes: Buffer.from(missing).toString('base64') }],
        clientId,
        ticket: signTicket(keyring, place, clientId),
        canWrite: access.canWrite,
      };
    },

    async push(visitor, push) {
      if (isClosed) throw new LongtableError('unavailable');
      const room = opened.get(push.room);
      const presence = room?.visitors.get(visitor.id);
      if (!room || !presence) throw new LongtableError('resync');
      if (push.lineage !== room.live.lineage) throw new LongtableError('lineageChanged');
      if (!presence.canWrite) throw new LongtableError('readOnly');
      const bytes = Buffer.from(push.bytes, 'base64');
      const isOwner = (client: number) => presence.clientIds.has(client);
      let fresh = room.live.stage(bytes, isOwner);
      while (!fresh) {
        // A repeat. What it repeats may still be on its way to the database, and may yet fail there.
        if (!room.live.hasWaiting) return { seq: room.live.seq };
        await committer.afterBatch();
        fresh = room.live.stage(bytes, isOwner);
      }
      const update = fresh;
      const outcome = await new Promise<CommitOutcome>((resolve) => {
        const { id, lineage } = room.live;
        committer.add({ room: id, lineage, seat: visitor.seat, bytes: update }, (result) => {
          if (result.ok) {
            const acknowledge = () => resolve(result);
            room.fresh.push({ update: { seq: result.seq, bytes: update }, writer: visitor.id, acknowledge });
            dirty.add(room);
          } else {
            room.live.withdraw(update);
            resolve(result);
          }
        });
      });
      if (!outcome.ok) throw new LongtableError(outcome.code);
      return { seq: outcome.seq };
    },

    leave(visitor, id) {
      const room = opened.get(id);
      if (!room?.visitors.delete(visitor.id)) return;
      if (room.visitors.size === 0 && !isClosed) lingerThenClose(room);
    },

    heads: (seat, ids) => store.accessFor(seat, ids),

    async close() {
      isClosed = true;
      await committer.idle();
      await Promise.all(background);
      for (const room of opened.values()) {
        if (room.linger) clearTimeout(room.linger);
        await compact(room).catch((error: unknown) => logger.warn({ err: error }, 'room upkeep failed'));
        close(room);
      }
    },
  };
}

function readMissing(doc: Y.Doc, held: Uint8Array | undefined): Uint8Array {
  try {
    return Y.encodeStateAsUpdateV2(doc, held);
  } catch (cause) {
    throw new LongtableError('badRequest', { cause });
  }
}

/** Log rows and just-committed updates by sequence; ours keep their identity, by which `settle` knows them. */
function merge(log: readonly StoredUpdate[], ours: readonly StoredUpdate[]): StoredUpdate[] {
  const bySeq = new Map(log.map((update) => [update.seq, update]));
  for (const update of ours) bySeq.set(update.seq, update);
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

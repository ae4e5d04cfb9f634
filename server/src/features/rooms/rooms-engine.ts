import { randomInt } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
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

/** What may come after a snapshot before an open room is compacted: a cold start stays short, and deleted text goes. */
const COMPACT_AFTER_ROWS = 1_000;
const COMPACT_AFTER_BYTES = 1_048_576;

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
  failed(room: RoomId): void;
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
      const compacted = compact(room).catch((error: unknown) => logger.warn({ err: error }, 'a room was not compacted'));
      keep(
        compacted.then(() => {
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
    // A copy that was dropped may have missed something, and would make the hole permanent.
    if (room.isCompacting || room.live.tail.rows === 0 || opened.get(room.live.id) !== room) return;
    room.isCompacting = true;
    try {
      const { id, lineage, seq } = room.live;
      const snapshot = room.live.encode();
      if ((await store.compact(id, lineage, seq, snapshot)) && room.live.seq === seq) room.live.compacted(snapshot.length);
    } finally {
      room.isCompacting = false;
    }
  };

  const committer = createCommitter(store, logger, () =>
    Promise.all([...dirty].map(publish)).then(() => undefined),
  );

  /** Takes a room's committed writes into the readable document, sends them on as one message, then acknowledges. */
  const publish = async (room: OpenRoom): Promise<void> => {
    dirty.delete(room);
    const fresh = room.fresh.splice(0);
    // Where this copy was dropped while its writes were under way, whoever sits in its successor must hear of them.
    const heir = opened.get(room.live.id);
    if (heir) await catchUp(heir, heir === room ? fresh : []);
    for (const { acknowledge } of fresh) acknowledge();
  };

  const catchUp = async (room: OpenRoom, fresh: OpenRoom['fresh']): Promise<void> => {
    const { live } = room;
    try {
      const ours = fresh.map(({ update }) => update);
      // A gap means that a commit whose answer was lost, or another copy, wrote in between: the log has it.
      const isWhole = ours.length > 0 && followsOn(live.seq, ours);
      const all = isWhole ? ours : merge(await store.readSince(live.id, live.seq), ours);
      if (all.length === 0) return;
      if (!followsOn(live.seq, all)) throw new Error('the log has a hole');
      const fromSeq = live.seq + 1;
      live.settle(all);
      const writers = new Set(fresh.map(({ writer }) => writer));
      const bytes = all.length === 1 && all[0] ? all[0].bytes : Y.mergeUpdates(all.map((update) => update.bytes));
      events.batch(
        { room: live.id, lineage: live.lineage, fromSeq, toSeq: live.seq, bytes: Buffer.from(bytes).toString('base64') },
        isWhole && writers.size === 1 ? (fresh[0]?.writer ?? null) : null,
      );
      events.head(live.id, live.seq);
      const { rows, bytes: tailBytes } = live.tail;
      if (rows >= COMPACT_AFTER_ROWS || tailBytes >= COMPACT_AFTER_BYTES) keep(compact(room));
    } catch (error) {
      // The words are safe in the log; only this copy is not. Start it again from the log.
      logger.error({ err: error }, 'room copy dropped');
      close(room);
      events.failed(live.id);
    }
  };

  /**
   * What is new in an update, staged; null where all of it is committed. A repeat of what is still on its way
   * to the database, and may yet fail there, waits for it.
   */
  const stage = async (room: OpenRoom, bytes: Uint8Array, isOwner: (client: number) => boolean): Promise<Uint8Array | null> => {
    for (;;) {
      if (opened.get(room.live.id) !== room) throw new LongtableError('resync');
      const fresh = room.live.stage(bytes, isOwner);
      if (fresh || !room.live.hasWaiting) return fresh;
      await Promise.all([committer.afterBatch(), setImmediate()]);
    }
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
      const held = request.lineage === live.lineage && request.stateVector ? Buffer.from(request.stateVector, 'base64') : undefined;
      const missing = readMissing(live.doc, held);
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
      if (room.live.isFullFor(bytes.length)) {
        // Deleted text counts until it is compacted away.
        await compact(room);
        if (room.live.isFullFor(bytes.length)) throw new LongtableError(room.live.hasWaiting ? 'unavailable' : 'tooLarge');
      }
      const fresh = await stage(room, bytes, (client) => presence.clientIds.has(client));
      if (!fresh) return { seq: room.live.seq };
      const outcome = await new Promise<CommitOutcome>((resolve) => {
        const { id, lineage } = room.live;
        committer.add({
          write: { room: id, lineage, seat: visitor.seat, bytes: fresh },
          isOrphan: () => room.live.isOrphan(fresh),
          settle(result) {
            if (result.ok) {
              const acknowledge = () => resolve(result);
              room.fresh.push({ update: { seq: result.seq, bytes: fresh }, writer: visitor.id, acknowledge });
              dirty.add(room);
            } else {
              room.live.withdraw(fresh);
              resolve(result);
            }
          },
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

/** Whether the updates come right after `seq`, one after another. */
const followsOn = (seq: number, updates: readonly StoredUpdate[]): boolean =>
  updates.every((update, index) => update.seq === seq + 1 + index);

/** Log rows and just-committed updates by sequence; ours keep their identity, by which `settle` knows them. */
function merge(log: readonly StoredUpdate[], ours: readonly StoredUpdate[]): StoredUpdate[] {
  const bySeq = new Map(log.map((update) => [update.seq, update]));
  for (const update of ours) bySeq.set(update.seq, update);
  return [...bySeq.values()].sort((a, b) => a.seq - b.seq);
}

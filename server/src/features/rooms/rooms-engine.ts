import { randomInt } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { LongtableError } from '@longtable/shared/errors';
import type { RoomId, SeatId } from '@longtable/shared/ids';
import type { JoinRequest, JoinedRoom } from '@longtable/shared/protocol/socket/join';
import type { Batch } from '@longtable/shared/protocol/socket/batch';
import type { Push } from '@longtable/shared/protocol/socket/push';
import type { Logger } from 'pino';
import * as Y from 'yjs';
import type { Keyring } from '../../platform/keyring.ts';
import { type CommitOutcome, createCommitter } from './committer.ts';
import { createOpenRooms, type OpenRoom } from './open-rooms.ts';
import { readTicket, signTicket } from './tickets.ts';
import type { RoomAccess, StoredUpdate, UpdateStore } from './update-store.ts';

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
  join(
    visitor: Visitor,
    request: JoinRoom,
    enter: () => void,
  ): Promise<Omit<JoinedRoom, 'ok' | 'presenceId'>>;
  /** Resolves once the update is committed. @throws LongtableError, with nothing changed */
  push(visitor: Visitor, push: Push): Promise<{ seq: number }>;
  leave(visitor: Visitor, room: RoomId): void;
  /** Which of these rooms the seat may read, with their heads. */
  heads(seat: SeatId, rooms: readonly RoomId[]): Promise<RoomAccess[]>;
  /** Settles every write, then lets go of every room. */
  close(): Promise<void>;
}

export interface EngineOptions {
  store: UpdateStore;
  keyring: Keyring;
  logger: Logger;
  events: EngineEvents;
}

/** Rooms of one node: joins, the write path and what follows a commit (docs/ROOMS.md). */
export function createRoomsEngine({ store, keyring, logger, events }: EngineOptions): RoomsEngine {
  const rooms = createOpenRooms(store, logger);
  const dirty = new Set<OpenRoom>();
  let isClosed = false;

  const committer = createCommitter(store, logger, () =>
    Promise.all([...dirty].map(publish)).then(() => undefined),
  );

  /** Takes a room's committed writes into the readable document, sends them on as one message, then acknowledges. */
  const publish = async (room: OpenRoom): Promise<void> => {
    dirty.delete(room);
    const fresh = room.fresh.splice(0);
    // Where this copy was dropped while its writes were under way, whoever sits in its successor must hear of them.
    const heir = rooms.get(room.live.id);
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
      const bytes =
        all.length === 1 && all[0] ? all[0].bytes : Y.mergeUpdates(all.map((update) => update.bytes));
      events.batch(
        {
          room: live.id,
          lineage: live.lineage,
          fromSeq,
          toSeq: live.seq,
          bytes: Buffer.from(bytes).toString('base64'),
        },
        isWhole && writers.size === 1 ? (fresh[0]?.writer ?? null) : null,
      );
      events.head(live.id, live.seq);
      rooms.compactIfLong(room);
    } catch (error) {
      // The words are safe in the log; only this copy is not. Start it again from the log.
      logger.error({ err: error }, 'room copy dropped');
      rooms.drop(room);
      events.failed(live.id);
    }
  };

  /**
   * What is new in an update, staged; null where all of it is committed. A repeat of what is still on its way
   * to the database, and may yet fail there, waits for it.
   */
  const stage = async (
    room: OpenRoom,
    bytes: Uint8Array,
    isOwner: (client: number) => boolean,
  ): Promise<Uint8Array | null> => {
    for (;;) {
      if (rooms.get(room.live.id) !== room) throw new LongtableError('resync');
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
      const room = await rooms.open(request.room);
      const { live } = room;
      const held =
        request.lineage === live.lineage && request.stateVector
          ? Buffer.from(request.stateVector, 'base64')
          : undefined;
      if (room.visitors.size === 0) rooms.release(room);
      const missing = readMissing(live.doc, held);
      rooms.hold(room);

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
      const room = rooms.get(id);
      if (room?.visitors.delete(visitor.id) && room.visitors.size === 0) rooms.release(room);
    },

    heads: (seat, ids) => store.accessFor(seat, ids),

    async close() {
      isClosed = true;
      await committer.idle();
      await rooms.closeAll();
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

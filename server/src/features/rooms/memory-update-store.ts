import type { RoomId, SeatId } from '@longtable/shared/ids';
import type { RoomRecord, StoredUpdate, UpdateStore } from './update-store.ts';

interface Entry {
  room: RoomRecord;
  isOpen: boolean;
  snapshot: Uint8Array | null;
  vector: Uint8Array | null;
  snapshotSeq: number;
  tail: StoredUpdate[];
  grants: Map<SeatId, { canWrite: boolean }>;
}

export interface MemoryUpdateStore extends UpdateStore {
  addRoom(room: RoomRecord): void;
  setOpen(room: RoomId, isOpen: boolean): void;
  grant(room: RoomId, seat: SeatId, canWrite: boolean): void;
  revoke(seat: SeatId): void;
}

/** Keeps rooms in memory: for tests of the engine without a database. */
export function createMemoryUpdateStore(): MemoryUpdateStore {
  const entries = new Map<RoomId, Entry>();
  return {
    addRoom: (room) =>
      void entries.set(room.id, {
        room,
        isOpen: true,
        snapshot: null,
        vector: null,
        snapshotSeq: 0,
        tail: [],
        grants: new Map(),
      }),
    setOpen: (room, isOpen) => {
      const entry = entries.get(room);
      if (entry) entry.isOpen = isOpen;
    },
    grant: (room, seat, canWrite) => void entries.get(room)?.grants.set(seat, { canWrite }),
    revoke: (seat) => entries.forEach((entry) => entry.grants.delete(seat)),

    accessFor: async (asked) =>
      asked.flatMap(({ seat, room: id }) => {
        const entry = entries.get(id);
        const grant = entry?.grants.get(seat);
        if (!entry || !grant) return [];
        const { room, isOpen } = entry;
        return [{ seat, room: { ...room }, canWrite: grant.canWrite && isOpen, isOpen }];
      }),
    progressOf: async (rooms) =>
      rooms.flatMap((id) => {
        const entry = entries.get(id);
        if (!entry) return [];
        const { lineage, epoch, headSeq } = entry.room;
        return [{ id, lineage, epoch, headSeq, isOpen: entry.isOpen }];
      }),
    load: async (id) => {
      const entry = entries.get(id);
      if (!entry) return null;
      const { room, snapshot, vector, snapshotSeq, tail } = entry;
      return { room: { ...room }, snapshot, vector, snapshotSeq, tail: [...tail] };
    },
    readSince: async (id, lineage, afterSeq) => {
      const entry = entries.get(id);
      return entry?.room.lineage === lineage ? entry.tail.filter(({ seq }) => seq > afterSeq) : null;
    },
    commit: async (writes) => {
      const heads = new Map([...entries].map(([id, { room }]) => [id, room.headSeq]));
      return writes.map(({ room: id, lineage, seats, bytes, on }) => {
        const entry = entries.get(id);
        if (!entry || !seats.every((seat) => entry.grants.get(seat)?.canWrite))
          return { ok: false, code: 'notFound' };
        if (!entry.isOpen) return { ok: false, code: 'readOnly' };
        if (entry.room.lineage !== lineage) return { ok: false, code: 'lineageChanged' };
        const head = heads.get(id) ?? 0;
        if (on && on.seq !== head)
          on.catchUp(
            entry.tail.filter((update) => update.seq > on.seq && update.seq <= head),
            head,
          );
        if (on && (on.seq !== head || !on.stands())) return { ok: false, code: 'unavailable' };
        entry.room.headSeq += 1;
        entry.tail.push({ seq: entry.room.headSeq, bytes });
        return { ok: true, seq: entry.room.headSeq };
      });
    },
    compact: async (id, lineage, uptoSeq, snapshot, vector) => {
      const entry = entries.get(id);
      if (!entry || entry.room.lineage !== lineage) return false;
      if (uptoSeq <= entry.snapshotSeq || uptoSeq > entry.room.headSeq) return false;
      const tail = entry.tail.filter(({ seq }) => seq > uptoSeq);
      Object.assign(entry, { snapshot, vector: vector ?? null, snapshotSeq: uptoSeq, tail });
      return true;
    },
  };
}

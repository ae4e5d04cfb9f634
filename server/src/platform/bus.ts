import type { CircleId, DocumentId, PartnershipId, RoomId, SeatId } from '@longtable/shared/ids';

/** Small facts that other parts of the server, on any node, may want at once. Losing one costs latency only. */
export type BusMessage =
  | { kind: 'door'; circleId: CircleId }
  | { kind: 'seat'; seatId: SeatId }
  | { kind: 'kick'; seatId: SeatId }
  /** Who may write in a room has changed for everyone: they join again. */
  | { kind: 'room'; roomId: RoomId }
  /** Where sections stand has changed, for the whole table or, with a circle, inside it only. */
  | { kind: 'standing'; partnershipId: PartnershipId; circleId: CircleId | null; documentId: DocumentId };

export interface Bus {
  publish(message: BusMessage): void;
  subscribe(listener: (message: BusMessage) => void): () => void;
  close(): Promise<void>;
}

/** One process, one bus. */
export function createMemoryBus(): Bus {
  const listeners = new Set<(message: BusMessage) => void>();
  return {
    publish: (message) => {
      for (const listener of [...listeners]) listener(message);
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: async () => listeners.clear(),
  };
}

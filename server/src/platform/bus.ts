import type { CircleId, SeatId } from '@longtable/shared/ids';

/** Small facts that other parts of the server, on any node, may want at once. Losing one costs latency only. */
export type BusMessage =
  { kind: 'door'; circleId: CircleId } | { kind: 'seat'; seatId: SeatId } | { kind: 'kick'; seatId: SeatId };

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

import { CircleId, DocumentId, PartnershipId, RoomId, RoundId, SeatId } from '@longtable/shared/ids';
import { z } from 'zod';
import type { NodeLink } from './node-link.ts';

/** Small facts that other parts of the server, on any node, may want at once. Losing one costs latency only. Ids only. */
export const BusMessage = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('door'), circleId: CircleId }),
  z.object({ kind: z.literal('seat'), seatId: SeatId }),
  z.object({ kind: z.literal('kick'), seatId: SeatId }),
  /** Who may write in a room has changed for everyone: they join again. */
  z.object({ kind: z.literal('room'), roomId: RoomId }),
  /** Where sections stand has changed, for the whole table or, with a circle, inside it only. */
  z.object({
    kind: z.literal('standing'),
    partnershipId: PartnershipId,
    circleId: CircleId.nullable(),
    documentId: DocumentId,
  }),
  /** The notes beside a section's words have changed, for the whole table. */
  z.object({
    kind: z.literal('notes'),
    partnershipId: PartnershipId,
    roundId: RoundId,
    section: z.string().max(100),
  }),
]);
export type BusMessage = z.infer<typeof BusMessage>;

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

/** One bus for all nodes: heard here in the same breath, elsewhere as fast as the link goes. */
export function createSharedBus(link: NodeLink): Bus {
  const here = createMemoryBus();
  const deafen = link.listen('bus', (heard) => {
    const parsed = BusMessage.safeParse(heard);
    if (parsed.success) here.publish(parsed.data);
  });
  return {
    publish(message) {
      here.publish(message);
      link.send('bus', message);
    },
    subscribe: (listener) => here.subscribe(listener),
    async close() {
      deafen();
      await here.close();
    },
  };
}

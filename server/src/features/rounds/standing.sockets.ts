import type { Bus } from '../../platform/bus.ts';
import { channel, type Io } from '../../platform/sockets.ts';

/** Tells a table that where sections stand has changed; what happens inside a circle, that circle alone. */
export function attachStandingSockets(io: Io, { bus }: { bus: Bus }): () => void {
  return bus.subscribe((message) => {
    if (message.kind !== 'standing') return;
    const { circleId, partnershipId, documentId } = message;
    const told = circleId === null ? channel.table(partnershipId) : channel.circle(circleId);
    io.to(told).emit('standing', { documentId });
  });
}

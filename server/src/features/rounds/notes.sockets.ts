import type { Bus } from '../../platform/bus.ts';
import { channel, type Io } from '../../platform/sockets.ts';

/** Tells a table that the notes of a section have changed: who has them in view asks again, and nobody else. */
export function attachNotesSockets(io: Io, { bus }: { bus: Bus }): () => void {
  return bus.subscribe((message) => {
    if (message.kind !== 'notes') return;
    const { partnershipId, roundId, section } = message;
    io.to(channel.table(partnershipId)).emit('notes', { roundId, section });
  });
}

import type { Bus } from '../../platform/bus.ts';
import { channel, type Io } from '../../platform/sockets.ts';

/** Tells members that their door changed, and a waiting device that its seat was decided on. */
export function attachDoorSockets(io: Io, { bus }: { bus: Bus }): () => void {
  return bus.subscribe((message) => {
    if (message.kind === 'door')
      io.to(channel.circle(message.circleId)).emit('door', { circleId: message.circleId });
    if (message.kind === 'seat') io.to(channel.seat(message.seatId)).emit('seat', { seatId: message.seatId });
  });
}

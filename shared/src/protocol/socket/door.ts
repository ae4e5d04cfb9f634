import { z } from 'zod';
import { CircleId, SeatId } from '../../ids.ts';

/** To members of a circle: who waits at its door has changed. Says no more; ask over HTTP. */
export const DoorChanged = z.object({ circleId: CircleId });
export type DoorChanged = z.infer<typeof DoorChanged>;

/** To a waiting device: its seat was decided on. */
export const SeatChanged = z.object({ seatId: SeatId });
export type SeatChanged = z.infer<typeof SeatChanged>;

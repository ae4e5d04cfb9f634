import { z } from 'zod';

/**
 * POST /api/circles/:circleId/anew, without a body: asks whether a circle in which nobody seems to be left may end and
 * another be founded in its place; DELETE takes that back. By a facilitator, or by any member of another
 * circle, whose word it counts as. ANEW_WAIT_MINUTES after the last of all others agreed the server looks, at the next
 * request, and once a day at most: `askedToday`.
 * POST /api/circles/:circleId/anew/here, without a body, by its members: they are here, and the question ends.
 */

/** POST /api/circles/:circleId/anew/agreement, by any member of another circle: whether theirs agrees. */
export const AgreeAnew = z.object({ agrees: z.boolean() });
export type AgreeAnew = z.infer<typeof AgreeAnew>;

/**
 * What is asked about a circle, as one seat may know it. `answered`, until the day is over: somebody is here or can come
 * back, to it or to one that was looked at together with it, and which of these is not said. `agrees` is the seat's own
 * circle's word, null for a facilitator and inside the circle that is asked about.
 */
export const AskedAnew = z.object({
  state: z.enum(['asked', 'answered']),
  agrees: z.boolean().nullable(),
});
export type AskedAnew = z.infer<typeof AskedAnew>;

import { z } from 'zod';

/** POST /api/circles/:circleId/facilitator-call, by any member: whether their circle agrees to a new facilitator. */
export const AnswerFacilitatorCall = z.object({ agrees: z.boolean() });
export type AnswerFacilitatorCall = z.infer<typeof AnswerFacilitatorCall>;

/**
 * GET /api/circles/:circleId/facilitator-call, by a member. Of other circles only whether all of them agree: then
 * any member may make a facilitator's code, once.
 */
export const FacilitatorCall = z.object({ agrees: z.boolean(), isComplete: z.boolean() });
export type FacilitatorCall = z.infer<typeof FacilitatorCall>;

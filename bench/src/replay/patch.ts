import { z } from 'zod';

export const wellFormed = z.string().refine((text) => !/\p{Surrogate}/u.test(text), 'half a character');
export const count = z.number().int().nonnegative();

/** Where, in Unicode code points; how many of them go; what comes. */
export const Patch = z.tuple([count, count, wellFormed]);
export type Patch = z.infer<typeof Patch>;

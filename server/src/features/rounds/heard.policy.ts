import { type CircleFacts, canSeeInside } from '../circles/circles.policy.ts';
import type { Seat } from '../people/people.service.ts';

/** A circle speaks for itself: only who sits in it marks, takes back and sees its marks, and chooses its support. */
export const canMarkHeard = (seat: Seat, circle: CircleFacts): boolean => canSeeInside(seat, circle);

export const canSeeCircleHeard = canMarkHeard;

export const canChooseSupport = canMarkHeard;

import type { PartnershipId } from '@longtable/shared/ids';
import { sitsAt } from '../partnerships/partnerships.policy.ts';
import type { Seat } from '../people/people.service.ts';

/** Notes belong to a round of a partnership's document. */
interface Here {
  partnershipId: PartnershipId;
}

/** Everyone at the table reads what was put beside the words. */
export const canSeeNotes = (seat: Seat, here: Here): boolean => sitsAt(seat, here.partnershipId);

/** What is said of the words is the circles', whether this round asks them or not. */
export const canPutNote = (seat: Seat, here: Here): boolean =>
  sitsAt(seat, here.partnershipId) && seat.role === 'member';

/** Who holds the token of its page, or sits in the circle that it names, is for the note to say. */
export const canTakeBackNote = canPutNote;

/** What came of a note is seen by all and said by any of them. */
export const canMarkNote = canSeeNotes;

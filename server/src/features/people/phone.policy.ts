import type { PhoneState } from '@longtable/shared/protocol/http/phone';
import type { HolderId, SessionId } from './people.repository.ts';

/** What a policy needs to know of a device. */
export interface PhoneFacts {
  id: SessionId;
  isShared: boolean;
  holderId: HolderId | null;
}

export interface HeldSeat {
  sessionId: SessionId | null;
  holderId: HolderId | null;
}

export const phoneState = ({ isShared, holderId }: PhoneFacts): PhoneState =>
  isShared ? (holderId === null ? 'locked' : 'shared') : 'own';

/** Between two people the phone opens nothing, also nothing that no PIN guards. */
export const isOpenFor = (phone: PhoneFacts, seat: HeldSeat): boolean =>
  phoneState(phone) !== 'locked' && seat.sessionId === phone.id && seat.holderId === phone.holderId;

/** A new seat goes behind the PIN that is open, so there must be one, or a phone of one person's own. */
export const canTakeSeat = (phone: PhoneFacts): boolean => phoneState(phone) !== 'locked';

/** The first to choose a PIN; whoever comes later chooses theirs when they come. */
export const canStartSharing = (phone: PhoneFacts): boolean => phoneState(phone) === 'own';

export const canPass = (phone: PhoneFacts): boolean => phoneState(phone) === 'shared';

export const canOpen = (phone: PhoneFacts): boolean => phoneState(phone) === 'locked';

/** Also while somebody's seats are open: those close then. */
export const canBringSomeone = (phone: PhoneFacts): boolean => phone.isShared;

import type { SeatId } from '@longtable/shared/ids';
import type { ReturnKind } from '@longtable/shared/protocol/http/people';

/**
 * Where a way back is shown. Made anew, the one before opens nothing any more, so that it must not stand on a screen
 * or go to paper: not in another place of this page, and not in another tab of this device.
 */
const shown = new Map<() => void, string>();
const otherTabs = 'BroadcastChannel' in window ? new BroadcastChannel('longtable:way-back') : null;

const keyOf = (seat: SeatId, kind: ReturnKind) => `${seat}/${kind}`;

const hide = (key: unknown): void => {
  for (const [goAway, each] of [...shown]) if (each === key) goAway();
};
otherTabs?.addEventListener('message', ({ data }) => hide(data));

/** Calls back when this seat gets a new way of this kind. @returns stops listening */
export function onReplaced(seat: SeatId, kind: ReturnKind, goAway: () => void): () => void {
  shown.set(goAway, keyOf(seat, kind));
  return () => shown.delete(goAway);
}

export function replaced(seat: SeatId, kind: ReturnKind): void {
  hide(keyOf(seat, kind));
  otherTabs?.postMessage(keyOf(seat, kind));
}

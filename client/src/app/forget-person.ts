/**
 * Between two people on one phone nothing of the first may be left: no text, no document, no undo, in no tab. A
 * page that is loaded again has none of it, so that is how it is forgotten.
 */

/** Whatever holds words that only this device has answers this event by `preventDefault`. An event, because most of it is loaded late. */
export const UNSENT = 'longtable:unsent';

/** Told before the page goes; whatever is open closes and asks nothing any more. */
export const PASSED = 'longtable:pass';

export const hasUnsentWords = (): boolean => !window.dispatchEvent(new Event(UNSENT, { cancelable: true }));

// Older browsers have none; there a tab asks the server again when it is looked at.
const otherTabs = 'BroadcastChannel' in window ? new BroadcastChannel('longtable') : null;
otherTabs?.addEventListener('message', () => forgetHere('/'));

/** `next` is where the page starts anew; a code after its # is taken out of the address as from any link. */
export function forgetPerson(next = '/'): void {
  otherTabs?.postMessage(PASSED);
  forgetHere(next);
}

function forgetHere(next: string): void {
  window.dispatchEvent(new Event(PASSED));
  try {
    sessionStorage.clear();
  } catch {
    // A browser without storage has nothing to forget.
  }
  history.replaceState(null, '', next);
  location.reload();
}

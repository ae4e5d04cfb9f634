import { PASSED } from '../lib/page-events.ts';

/**
 * Between two people on one phone nothing of the first may be left: no text, no document, no undo, in no tab. A
 * page that is loaded again has none of it, so that is how it is forgotten.
 */

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

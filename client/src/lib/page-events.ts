/**
 * What parts of the page that do not know each other tell one another, on `window`: much of it is loaded late.
 * exit.ts and early.ts work without the rest of the client and say LEAVE and CODE by themselves; a test holds
 * them to it.
 */

/** Somebody leaves quickly: whatever is open closes, nothing is asked and nothing kept. */
export const LEAVE = 'longtable:leave';

/** The phone is passed on, and this has been asked before: the page is about to load anew. */
export const PASSED = 'longtable:pass';

/** Whatever holds words that only this page has answers by `preventDefault`. */
export const UNSENT = 'longtable:unsent';

/** Whether there are such words may have changed. */
export const UNSENT_CHANGED = 'longtable:unsent-changed';

/** A code from a link has been taken out of the address. */
export const CODE = 'longtable:code';

import { UNSENT, UNSENT_CHANGED } from '../lib/page-events.ts';

/**
 * Whether any tab of this device holds words that the server does not have: only the yes goes from tab to tab, and
 * nothing to the server.
 */

export const hasUnsentWords = (): boolean => !window.dispatchEvent(new Event(UNSENT, { cancelable: true }));

/** For `useSyncExternalStore`. */
export function subscribeUnsent(listener: () => void): () => void {
  window.addEventListener(UNSENT_CHANGED, listener);
  return () => window.removeEventListener(UNSENT_CHANGED, listener);
}

/** Says nothing of what this site is: browsers list locks to nobody but its own pages, and drop them with the page. */
const LOCK = 'kept';

/** Older browsers have none, and none has them where the page came without encryption. */
const locks = (): LockManager | undefined => (navigator as { locks?: LockManager }).locks;

/** Lets go of the lock; null while this tab has nothing to hold it for. */
let letGo: (() => void) | null = null;

/** A tab with such words holds a lock that any number of tabs can hold: so it is known of one that sleeps, too. */
function holdOrLetGo(): void {
  if (!hasUnsentWords()) {
    letGo?.();
    letGo = null;
  } else if (letGo === null) {
    const held = new Promise<void>((resolve) => (letGo = resolve));
    // Where a browser's settings forbid it, asking meets the same refusal, and asks the tabs.
    locks()
      ?.request(LOCK, { mode: 'shared' }, () => held)
      .catch(() => undefined);
  }
}
window.addEventListener(UNSENT_CHANGED, holdOrLetGo);

/** How long another tab may take to say something, where there are no locks; one that sleeps says nothing. */
const ASK_MS = 1_500;

// A channel of its own: an older tab of ours takes anything it hears on the other one as passing on.
const askedTabs = 'BroadcastChannel' in window ? new BroadcastChannel('longtable:unsent') : null;
askedTabs?.addEventListener('message', ({ data }) => {
  if (data === 'ask' && hasUnsentWords()) askedTabs.postMessage('unsent');
});

export async function hasUnsentWordsAnywhere(): Promise<boolean> {
  if (hasUnsentWords()) return true;
  try {
    const known = await locks()?.query();
    if (known) return [...(known.held ?? []), ...(known.pending ?? [])].some(({ name }) => name === LOCK);
  } catch {
    // Forbidden here: the tabs are asked.
  }
  return askTabs();
}

function askTabs(): Promise<boolean> {
  if (askedTabs === null) return Promise.resolve(false);
  return new Promise((resolve) => {
    const end = (isUnsent: boolean) => {
      askedTabs.removeEventListener('message', hear);
      clearTimeout(timer);
      resolve(isUnsent);
    };
    const hear = ({ data }: MessageEvent) => {
      if (data === 'unsent') end(true);
    };
    const timer = setTimeout(() => end(false), ASK_MS);
    askedTabs.addEventListener('message', hear);
    askedTabs.postMessage('ask');
  });
}

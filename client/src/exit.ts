/**
 * Leave quickly. Loads first, imports nothing and works alone: the rest of the client may be slow,
 * broken or absent. What it does, in this order, is fixed by the safety rules of the project:
 * blank at once, forget at once, then go, and go only where the server is known to answer, because a
 * browser's own error page would show the address of this site.
 */

/** Time allowed from one press of Shift to the next. */
const SHIFT_GAP_MS = 5_000;
const SHIFT_PRESSES = 3;
/**
 * How long the first question to the server may take; each further one twice as long. The page is blank all the
 * while, and stays so where no answer ever comes.
 */
const FIRST_ANSWER_TIMEOUT_MS = 1_000;
const LAST_ANSWER_TIMEOUT_MS = 16_000;

export type KeyLike = Pick<
  KeyboardEvent,
  'key' | 'shiftKey' | 'ctrlKey' | 'altKey' | 'metaKey' | 'repeat' | 'isComposing'
>;

export interface ShiftCounter {
  keyDown(event: KeyLike): void;
  keyUp(event: KeyLike): void;
  /** Shift with a pointer selects text; it is no press of its own. */
  pointerDown(event: { shiftKey: boolean }): void;
  /** Another window has the keys now: what is held there is not known here. */
  blur(): void;
}

/**
 * Counts Shift pressed by itself, on release. A Shift that served as a modifier does not count, any
 * other key starts over, and holding both Shifts counts as neither.
 */
export function createShiftCounter(
  onCount: (count: number) => void,
  onExpire: () => void,
  schedule: (run: () => void, ms: number) => () => void,
): ShiftCounter {
  let count = 0;
  let isHeld = false;
  let isUsed = false;
  let cancel: (() => void) | null = null;

  const reset = () => {
    cancel?.();
    cancel = null;
    if (count === 0) return;
    count = 0;
    onCount(0);
  };
  const spoil = () => {
    isUsed = isHeld;
    reset();
  };

  return {
    keyDown(event) {
      const isAlone =
        event.key === 'Shift' && !event.ctrlKey && !event.altKey && !event.metaKey && !event.isComposing;
      if (!isAlone) return spoil();
      if (event.repeat) return;
      if (isHeld) return spoil();
      isHeld = true;
      isUsed = false;
    },
    keyUp(event) {
      if (event.key !== 'Shift' || event.isComposing) return spoil();
      // The other Shift is still down.
      if (event.shiftKey) return spoil();
      const isCounted = !isUsed && !event.ctrlKey && !event.altKey && !event.metaKey;
      isHeld = false;
      isUsed = false;
      if (!isCounted) return reset();
      cancel?.();
      count += 1;
      const reached = count;
      if (count >= SHIFT_PRESSES) count = 0;
      else
        cancel = schedule(() => {
          reset();
          onExpire();
        }, SHIFT_GAP_MS);
      onCount(reached);
    },
    pointerDown(event) {
      if (event.shiftKey) spoil();
    },
    blur() {
      isHeld = false;
      isUsed = false;
    },
  };
}

function install(): void {
  let hasLeft = false;
  const byId = (id: string) => document.getElementById(id);
  const say = (key: 'twoMore' | 'oneMore' | 'expired' | 'leaving' | null) => {
    const status = byId('leave-status');
    if (status) status.textContent = key === null ? '' : (status.dataset[key] ?? '');
  };

  const showCount = (count: number) => {
    const lights = byId('leave-lights');
    if (lights) {
      lights.hidden = count === 0;
      [...lights.children].forEach((light, index) => light.classList.toggle('is-on', index < count));
    }
    if (count >= SHIFT_PRESSES) leave();
    else say(count === 2 ? 'oneMore' : count === 1 ? 'twoMore' : null);
  };

  const leave = () => {
    if (hasLeft) return;
    hasLeft = true;
    blank();
    // A voice that reads the page out would go on after the page is gone.
    try {
      window.speechSynthesis.cancel();
    } catch {
      // A browser that cannot speak is silent already.
    }
    // The client closes its sockets and drops its documents while this call is under way.
    try {
      window.dispatchEvent(new Event('longtable:leave'));
    } catch {
      // Whatever the client does, the page is blank and we go on.
    }
    document.body.replaceChildren();
    const forgotten = forget();
    void go(forgotten);
  };

  const counter = createShiftCounter(
    showCount,
    () => say('expired'),
    (run, ms) => {
      const timer = setTimeout(run, ms);
      return () => clearTimeout(timer);
    },
  );

  // Capture on window: nothing in a dialog or in the editor can swallow these first.
  window.addEventListener('keydown', (event) => counter.keyDown(event), true);
  window.addEventListener('keyup', (event) => counter.keyUp(event), true);
  window.addEventListener('pointerdown', (event) => counter.pointerDown(event), true);
  window.addEventListener('blur', () => counter.blur());
  window.addEventListener(
    'click',
    (event) => {
      if (!(event.target instanceof Element) || event.target.closest('[data-leave]') === null) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      leave();
    },
    true,
  );
  // A page brought back from the browser's memory may show what a session that has ended could see.
  window.addEventListener('pageshow', (event) => {
    if (!event.persisted) return;
    document.documentElement.style.visibility = 'hidden';
    location.reload();
  });
}

function blank(): void {
  const text = document.getElementById('leave-status')?.dataset['leaving'] ?? '';
  const overlay = document.createElement('div');
  overlay.style.cssText =
    'position:fixed;inset:0;z-index:2147483647;background:#fff;color:#fff;visibility:visible;overflow:hidden;cursor:default';
  overlay.setAttribute('role', 'alert');
  overlay.textContent = text;
  document.body.style.display = 'none';
  document.documentElement.style.background = '#fff';
  document.documentElement.append(overlay);
  document.title = '…';
  for (const icon of document.querySelectorAll<HTMLLinkElement>('link[rel~="icon"]')) icon.href = 'data:,';
  try {
    history.replaceState(null, '', '/');
  } catch {
    // A browser that refuses keeps an address without words in it.
  }
}

function forget(): Promise<unknown> {
  const quietly = (run: () => unknown) => {
    try {
      return Promise.resolve(run()).catch(() => undefined);
    } catch {
      return Promise.resolve();
    }
  };
  return Promise.all([
    quietly(() => sessionStorage.clear()),
    quietly(() => localStorage.clear()),
    quietly(async () => {
      for (const { name } of await indexedDB.databases())
        if (name !== undefined) indexedDB.deleteDatabase(name);
    }),
    quietly(async () => Promise.all((await caches.keys()).map((key) => caches.delete(key)))),
  ]);
}

/**
 * Asks until the server answers, then goes. The question itself ends the session, so that on a line that drops
 * again right after it, coming back to this page shows nothing.
 */
async function go(forgotten: Promise<unknown>, timeoutMs = FIRST_ANSWER_TIMEOUT_MS): Promise<void> {
  const startedMs = Date.now();
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), timeoutMs);
  try {
    const [answer] = await Promise.all([
      fetch('/api/leave', {
        method: 'POST',
        credentials: 'same-origin',
        cache: 'no-store',
        redirect: 'error',
        signal: controller.signal,
      }),
      Promise.race([forgotten, new Promise((done) => setTimeout(done, FIRST_ANSWER_TIMEOUT_MS / 2))]),
    ]);
    if (answer.ok) {
      location.replace('/x');
      return;
    }
  } catch {
    // Offline, or slow: the blank page stays, and asks again.
  } finally {
    clearTimeout(timer);
  }
  const restMs = Math.max(0, timeoutMs - (Date.now() - startedMs));
  setTimeout(() => void go(forgotten, Math.min(LAST_ANSWER_TIMEOUT_MS, timeoutMs * 2)), restMs);
}

if (typeof window !== 'undefined') install();

/** What of a browser's page tells whether somebody looks at it and whether it is in the network. */
export interface TestPage {
  go(what: 'offline' | 'online'): void;
  look(isLookedAt: boolean): void;
  /** Node has neither again. */
  remove(): void;
}

export function installPage(): TestPage {
  const window = new EventTarget();
  const document = Object.assign(new EventTarget(), { hidden: false });
  const added = {
    document,
    addEventListener: window.addEventListener.bind(window),
    removeEventListener: window.removeEventListener.bind(window),
  };
  Object.assign(globalThis, added);
  return {
    go: (what) => void window.dispatchEvent(new Event(what)),
    look(isLookedAt) {
      document.hidden = !isLookedAt;
      document.dispatchEvent(new Event('visibilitychange'));
    },
    remove() {
      for (const name of Object.keys(added)) Reflect.deleteProperty(globalThis, name);
    },
  };
}

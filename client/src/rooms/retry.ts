/** Milliseconds of the first wait and of the longest. */
export interface Waits {
  firstMs: number;
  lastMs: number;
}

/** For what the server could not do just now. */
const ASK_AGAIN: Waits = { firstMs: 400, lastMs: 8_000 };

/**
 * One thing at a time to be tried again later, after a wait that doubles from the first to the last and is drawn
 * between nothing and itself. Full jitter: everyone who lost the same server comes back at a moment of their own.
 */
export class Retry {
  readonly #waits: Waits;
  #tries = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;

  constructor(waits: Waits = ASK_AGAIN) {
    this.#waits = waits;
  }

  get isWaiting(): boolean {
    return this.#timer !== null;
  }

  later(action: () => void): void {
    this.stop();
    const limitMs = Math.min(this.#waits.lastMs, this.#waits.firstMs * 2 ** this.#tries++);
    this.#timer = setTimeout(() => {
      this.#timer = null;
      action();
    }, Math.random() * limitMs);
  }

  stop(): void {
    if (this.#timer) clearTimeout(this.#timer);
    this.#timer = null;
  }

  /** It worked: the next wait is short again. */
  reset(): void {
    this.#tries = 0;
  }
}

/** Milliseconds of the first wait and of the longest, and how many are as long as the first before they grow. */
export interface Waits {
  firstMs: number;
  lastMs: number;
  alike?: number;
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
    const { firstMs, lastMs, alike = 1 } = this.#waits;
    const doublings = Math.max(0, ++this.#tries - alike);
    const limitMs = Math.min(lastMs, firstMs * 2 ** doublings);
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

/** The first wait after something could not be done; doubled to the last, each drawn between nothing and itself. */
const FIRST_RETRY_MS = 400;
const LAST_RETRY_MS = 8_000;

/** One thing at a time to be tried again later. Full jitter: everyone who lost the same server comes back at a moment of their own. */
export class Retry {
  #tries = 0;
  #timer: ReturnType<typeof setTimeout> | null = null;

  get isWaiting(): boolean {
    return this.#timer !== null;
  }

  later(action: () => void): void {
    this.stop();
    const limitMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#tries++);
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

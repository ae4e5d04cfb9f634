const POLL_MS = 5;

/** Resolves with the milliseconds it took. @throws where the condition does not come to hold in time */
export async function until(condition: () => boolean, what: string, timeoutMs = 60_000): Promise<number> {
  const startedMs = performance.now();
  while (!condition()) {
    if (performance.now() - startedMs > timeoutMs)
      throw new Error(`waited ${timeoutMs} ms in vain for ${what}`);
    await pause(POLL_MS);
  }
  return performance.now() - startedMs;
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

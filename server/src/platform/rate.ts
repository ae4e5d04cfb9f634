/** Allows `perSecond` events on average, with one second's worth at once; says whether this one may pass. */
export function createRate(perSecond: number, nowMs: () => number): () => boolean {
  let allowance = perSecond;
  let lastMs = nowMs();
  return () => {
    const now = nowMs();
    allowance = Math.min(perSecond, allowance + ((now - lastMs) * perSecond) / 1_000);
    lastMs = now;
    if (allowance < 1) return false;
    allowance -= 1;
    return true;
  };
}

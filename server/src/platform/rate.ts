/** A clock that is set back takes nothing away. */
const since = (lastMs: number, nowMs: number): number => Math.max(0, nowMs - lastMs);

/** Allows `perSecond` events on average, with one second's worth at once; says whether this one may pass. */
export function createRate(perSecond: number, nowMs: () => number): () => boolean {
  let allowance = perSecond;
  let lastMs = nowMs();
  return () => {
    const now = nowMs();
    allowance = Math.min(perSecond, allowance + (since(lastMs, now) * perSecond) / 1_000);
    lastMs = now;
    if (allowance < 1) return false;
    allowance -= 1;
    return true;
  };
}

export interface Budget {
  isOverdrawn(): boolean;
  spend(amount: number): void;
}

/** Refills by `perSecond` up to `saved`; may be overdrawn once, and is then closed until it is paid back. */
export function createBudget(perSecond: number, saved: number, nowMs: () => number): Budget {
  let left = saved;
  let lastMs = nowMs();
  const refill = () => {
    const now = nowMs();
    left = Math.min(saved, left + (since(lastMs, now) * perSecond) / 1_000);
    lastMs = now;
  };
  return {
    isOverdrawn() {
      refill();
      return left < 0;
    },
    spend(amount) {
      refill();
      left -= amount;
    },
  };
}

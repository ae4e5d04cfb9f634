import { MAX_WRONG_CODES, MAX_WRONG_CODES_SERVER } from '@longtable/shared/limits';
import type { Clock } from './clock.ts';

const WINDOW_MS = 600_000;

/**
 * Counts wrong codes only, so that a whole workshop behind one address is never locked out. By device
 * session, in memory, without addresses; devices without one, and those that throw it away each time,
 * meet the server's own limit.
 */
export interface GuessLimit {
  isOver(device: string | null): boolean;
  countWrong(device: string | null): void;
}

export function createGuessLimit(clock: Clock): GuessLimit {
  let startedMs = clock.nowMs();
  let total = 0;
  const byDevice = new Map<string, number>();

  const turnWindow = () => {
    if (clock.nowMs() - startedMs < WINDOW_MS) return;
    startedMs = clock.nowMs();
    total = 0;
    byDevice.clear();
  };

  return {
    isOver(device) {
      turnWindow();
      return (
        total >= MAX_WRONG_CODES_SERVER || (device !== null && (byDevice.get(device) ?? 0) >= MAX_WRONG_CODES)
      );
    },
    countWrong(device) {
      turnWindow();
      total += 1;
      if (device !== null) byDevice.set(device, (byDevice.get(device) ?? 0) + 1);
    },
  };
}

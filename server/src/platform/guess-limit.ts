import { LongtableError } from '@longtable/shared/errors';
import { MAX_WRONG_CODES, MAX_WRONG_CODES_SERVER } from '@longtable/shared/limits';
import type { Clock } from './clock.ts';

const WINDOW_MS = 600_000;

/**
 * Counts wrong codes only, so that a whole workshop behind one address is never locked out. By device
 * session, in memory, without addresses; devices without one, and those that throw it away each time,
 * meet the server's own limit.
 */
export interface GuessLimit {
  /**
   * Runs `use`, which throws `codeUnknown` for a wrong code. Counted before it runs and given back where the code
   * was not wrong: guesses sent all at once would otherwise each find that there is one left.
   * @throws LongtableError tooManyGuesses, and whatever `use` throws
   */
  attempt<Result>(device: string | null, use: () => Promise<Result>): Promise<Result>;
}

export function createGuessLimit(clock: Clock): GuessLimit {
  const newWindow = () => ({ startedMs: clock.nowMs(), total: 0, byDevice: new Map<string, number>() });
  let current = newWindow();

  return {
    async attempt(device, use) {
      if (clock.nowMs() - current.startedMs >= WINDOW_MS) current = newWindow();
      const window = current;
      const count = (by: 1 | -1) => {
        window.total += by;
        if (device !== null) window.byDevice.set(device, (window.byDevice.get(device) ?? 0) + by);
      };
      const isOver =
        window.total >= MAX_WRONG_CODES_SERVER ||
        (device !== null && (window.byDevice.get(device) ?? 0) >= MAX_WRONG_CODES);
      if (isOver) throw new LongtableError('tooManyGuesses');
      count(1);
      let isWrong = false;
      try {
        return await use();
      } catch (error) {
        isWrong = error instanceof LongtableError && error.code === 'codeUnknown';
        throw error;
      } finally {
        if (!isWrong) count(-1);
      }
    },
  };
}

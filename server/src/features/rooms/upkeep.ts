import type { Deps } from '../../platform/deps.ts';
import { flattenIdleRooms } from './flatten-rooms.ts';
import { forgetWords, startTurns } from './forget-words.ts';
import { createRewriter, type Rewriter } from './rewriter.ts';

/** Words that were taken back are unreadable about this soon. */
const FORGET_EVERY_MS = 60_000;

/** After a start everybody comes back first. */
const FLATTEN_FIRST_MS = 600_000;
const FLATTEN_EVERY_MS = 3_600_000;

/** What rooms need while nobody looks: bounded, and on every node; they share the rooms by row locks. */
export function startUpkeep(
  deps: Pick<Deps, 'db' | 'keyring' | 'bus' | 'clock' | 'logger'>,
  rewriter: Rewriter = createRewriter(),
): { close(): Promise<void> } {
  const stops: (() => Promise<void>)[] = [];

  const every = (firstMs: number, thenMs: number, work: () => Promise<unknown>): void => {
    let isOver = false;
    let running: Promise<void> = Promise.resolve();
    let timer: NodeJS.Timeout;
    const later = (delayMs: number): void => {
      timer = setTimeout(() => {
        running = work()
          .then(() => undefined)
          .catch((error: unknown) => deps.logger.warn({ err: error }, 'the upkeep of rooms was not done'))
          .finally(() => void (isOver || later(thenMs)));
      }, delayMs).unref();
    };
    later(firstMs);
    stops.push(async () => {
      isOver = true;
      clearTimeout(timer);
      await running;
    });
  };

  const turns = startTurns();
  every(FORGET_EVERY_MS, FORGET_EVERY_MS, () => forgetWords(deps, rewriter, turns));
  every(FLATTEN_FIRST_MS, FLATTEN_EVERY_MS, () => flattenIdleRooms(deps, rewriter));

  return {
    async close() {
      // Jobs that wait now fail, so that what is left of a turn is short.
      await rewriter.close();
      await Promise.all(stops.map((stop) => stop()));
    },
  };
}

import { setTimeout } from 'node:timers/promises';

const EVERY_MS = 20;

/** Tries again until it does not throw; throws what it threw last once the time is up. */
export async function waitFor<Result>(
  attempt: () => Result | Promise<Result>,
  withinMs = 5_000,
): Promise<Result> {
  const deadlineMs = performance.now() + withinMs;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (performance.now() > deadlineMs) throw error;
      await setTimeout(EVERY_MS);
    }
  }
}

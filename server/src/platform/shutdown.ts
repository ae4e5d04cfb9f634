import type { Logger } from 'pino';

/** What opens, closes: one list, run in this order. */
export interface ClosingStep {
  name: string;
  close: () => Promise<void> | void;
}

/** Hosts kill what is not gone after ten seconds or more; an unclean end costs nothing that was saved. */
const MAX_CLOSING_MS = 10_000;

/** Runs every step, also after one that failed. Calling it again waits for the first run. */
export function createShutdown(steps: readonly ClosingStep[], logger: Logger): () => Promise<void> {
  let closing: Promise<void> | undefined;
  const closeAll = async () => {
    for (const step of steps) {
      try {
        await step.close();
      } catch (error) {
        logger.error({ err: error, step: step.name }, 'a closing step failed');
      }
    }
  };
  return () => (closing ??= closeAll());
}

/** Ends the process after a clean close on the first signal, at once on the second. */
export function closeOnSignals(close: () => Promise<void>, say: (sentence: string) => void): void {
  let isClosing = false;
  const onSignal = () => {
    if (isClosing) process.exit(130);
    isClosing = true;
    say('Closing: saving what is on its way …');
    setTimeout(() => process.exit(1), MAX_CLOSING_MS).unref();
    void close().then(() => process.exit(0));
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
}

import { useCallback, useState } from 'react';
import { errorCodeOf, type RequestErrorCode } from './http.ts';

export interface Action<Args extends unknown[]> {
  run: (...args: Args) => Promise<void>;
  isBusy: boolean;
  error: RequestErrorCode | null;
  clearError: () => void;
}

/** One thing a person asks for: busy while it runs, and in words why it did not work. A press while it runs does nothing. */
export function useAction<Args extends unknown[]>(act: (...args: Args) => Promise<void>): Action<Args> {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<RequestErrorCode | null>(null);

  const run = useCallback(
    async (...args: Args) => {
      if (isBusy) return;
      setBusy(true);
      setError(null);
      try {
        await act(...args);
      } catch (cause) {
        setError(errorCodeOf(cause));
      } finally {
        setBusy(false);
      }
    },
    [act, isBusy],
  );

  const clearError = useCallback(() => setError(null), []);
  return { run, isBusy, error, clearError };
}

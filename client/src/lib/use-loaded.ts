import { useCallback, useEffect, useRef, useState } from 'react';
import { errorCodeOf, type RequestErrorCode } from './http.ts';

export interface Loaded<T> {
  data: T | null;
  /** Why the newest attempt failed; data from an earlier one stays. */
  error: RequestErrorCode | null;
  reload: () => Promise<void>;
}

/**
 * Loads once, again when `load` changes, when the page comes back to the front, and every
 * `everyMs` while it is there. An answer that arrives after a newer question is dropped.
 */
export function useLoaded<T>(load: () => Promise<T>, everyMs?: number): Loaded<T> {
  const [state, setState] = useState<{ data: T | null; error: RequestErrorCode | null }>({
    data: null,
    error: null,
  });
  const turn = useRef(0);

  const reload = useCallback(async () => {
    const mine = ++turn.current;
    try {
      const data = await load();
      if (mine === turn.current) setState({ data, error: null });
    } catch (error) {
      if (mine === turn.current) setState((before) => ({ data: before.data, error: errorCodeOf(error) }));
    }
  }, [load]);

  useEffect(() => {
    void reload();
    const reloadIfSeen = () => {
      if (!document.hidden) void reload();
    };
    document.addEventListener('visibilitychange', reloadIfSeen);
    const timer = everyMs === undefined ? undefined : setInterval(reloadIfSeen, everyMs);
    return () => {
      turn.current += 1;
      document.removeEventListener('visibilitychange', reloadIfSeen);
      clearInterval(timer);
    };
  }, [reload, everyMs]);

  return { ...state, reload };
}

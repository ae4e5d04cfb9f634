import { useCallback } from 'react';
import { useIntl } from 'react-intl';

/** A day (YYYY-MM-DD) in words. A day has no time zone: it must not slip to the one before. */
export function useDay(): (day: string) => string {
  const intl = useIntl();
  return useCallback(
    (day) => intl.formatDate(`${day}T12:00:00Z`, { dateStyle: 'long', timeZone: 'UTC' }),
    [intl],
  );
}

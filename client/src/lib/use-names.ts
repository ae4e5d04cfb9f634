import { useCallback } from 'react';
import { useIntl } from 'react-intl';

/** Keeps a name in another script from turning the words around it. */
export const isolate = (name: string): string => `\u2068${name}\u2069`;

/** Names as one reads them in a sentence: A, B and C. */
export function useNames(): (names: readonly string[]) => string {
  const intl = useIntl();
  return useCallback((names) => intl.formatList(names.map(isolate), { type: 'conjunction' }), [intl]);
}

import { useCallback } from 'react';
import { useIntl } from 'react-intl';

export type TextValues = Record<string, string | number>;
export type Translate = (id: string, values?: TextValues) => string;

/** Reads a message by its id. Every text on screen comes through here or through FormattedMessage. */
export function useText(): Translate {
  const intl = useIntl();
  return useCallback((id, values) => intl.formatMessage({ id }, values), [intl]);
}

import { loadMessages } from '@longtable/shared/locales/messages';
import type { Locale } from '@longtable/shared/protocol/http/people';

const messages = { en: await loadMessages('en'), ar: await loadMessages('ar') };

/** A text as it stands on screen. Counts and dates are chosen by the client; ask for those by their role. */
export function textIn(locale: Locale, id: string, values: Record<string, string | number> = {}): string {
  const message = messages[locale][id];
  if (message === undefined) throw new Error(`there is no message ${id}`);
  const filled = message.replace(/\{(\w+)(, number)?\}/g, (_all, name: string, isNumber?: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`the message ${id} wants ${name}`);
    return isNumber ? Number(value).toLocaleString(locale) : String(value);
  });
  if (/\{\w+,/.test(message.replaceAll(', number', ''))) {
    throw new Error(`the message ${id} chooses between words`);
  }
  return filled;
}

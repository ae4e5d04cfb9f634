import type { Locale } from '../protocol/http/people.ts';

/** ICU messages by id. */
export type Messages = Record<string, string>;

const loaders: Record<Locale, () => Promise<{ messages: Messages }>> = {
  en: () => import('./en.ts'),
  ar: () => import('./ar.ts'),
};

/** Every text of one language. Loaded on demand, so that a phone fetches only the language it shows. */
export async function loadMessages(locale: Locale): Promise<Messages> {
  return (await loaders[locale]()).messages;
}

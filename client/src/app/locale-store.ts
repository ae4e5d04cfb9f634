import { loadMessages, type Messages } from '@longtable/shared/locales/messages';
import { Locale } from '@longtable/shared/protocol/http/people';

/** Per tab, and cleared by leaving: which language somebody reads is nobody else's business. */
const STORAGE_KEY = 'longtable.locale';

export interface LocaleState {
  locale: Locale;
  /** Null while the first language is on its way. */
  messages: Messages | null;
  /** The language's texts could not be fetched at all. */
  isFailed: boolean;
}

let state: LocaleState = { locale: readLocale(), messages: null, isFailed: false };
const listeners = new Set<() => void>();

export const getLocale = () => state;

export function subscribeLocale(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const startLocale = () => void load(state.locale);

export function chooseLocale(locale: Locale): void {
  try {
    sessionStorage.setItem(STORAGE_KEY, locale);
  } catch {
    // A browser without storage asks again after a reload.
  }
  void load(locale);
}

/** The language that somebody else thought of, for whoever has not chosen one. */
export function suggestLocale(locale: Locale): void {
  try {
    if (sessionStorage.getItem(STORAGE_KEY) !== null) return;
  } catch {
    // Nothing was chosen that could be known.
  }
  if (locale !== state.locale) void load(locale);
}

async function load(locale: Locale): Promise<void> {
  try {
    const messages = await loadMessages(locale);
    state = { locale, messages, isFailed: false };
    speak(locale, messages);
  } catch {
    // The language on screen, if there is one, stays.
    state = { ...state, isFailed: state.messages === null };
  }
  for (const listener of [...listeners]) listener();
}

function readLocale(): Locale {
  try {
    const stored = Locale.safeParse(sessionStorage.getItem(STORAGE_KEY));
    if (stored.success) return stored.data;
  } catch {
    // No storage: ask the browser.
  }
  const known = navigator.languages
    .map((tag) => Locale.safeParse(tag.slice(0, 2)))
    .find(({ success }) => success);
  return known?.data ?? 'en';
}

/** The parts of the page that stand in index.html, outside React, speak the same language. */
function speak(locale: Locale, messages: Messages): void {
  const { documentElement } = document;
  documentElement.lang = locale;
  documentElement.dir = locale === 'ar' ? 'rtl' : 'ltr';
  const say = (id: string, message: string) => {
    const element = document.getElementById(id);
    if (element) element.textContent = messages[message] ?? element.textContent;
  };
  say('skip', 'top.skip');
  say('leave-early', 'leave.button');
  say('leave-text', 'leave.button');
  const status = document.getElementById('leave-status');
  if (status === null) return;
  const keys = {
    twoMore: 'leave.twoMore',
    oneMore: 'leave.oneMore',
    expired: 'leave.expired',
    leaving: 'leave.leaving',
  };
  for (const [key, id] of Object.entries(keys))
    status.dataset[key] = messages[id] ?? status.dataset[key] ?? '';
}

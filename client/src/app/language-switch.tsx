import { Locale } from '@longtable/shared/protocol/http/people';
import { useSyncExternalStore } from 'react';
import { createPortal } from 'react-dom';
import { useText } from '../lib/use-text.ts';
import { chooseLocale, getLocale, subscribeLocale } from './locale-store.ts';

/** Each language names itself: who needs the switch cannot read the language on screen. */
export function LanguageSwitch() {
  const t = useText();
  const { locale } = useSyncExternalStore(subscribeLocale, getLocale);
  const place = document.getElementById('top-tools');
  if (place === null) return null;
  return createPortal(
    Locale.options
      .filter((option) => option !== locale)
      .map((option) => (
        <button
          key={option}
          type="button"
          className="button is-quiet"
          lang={option}
          onClick={() => chooseLocale(option)}
        >
          {t(`language.${option}`)}
        </button>
      )),
    place,
  );
}

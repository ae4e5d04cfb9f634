import { useEffect, useRef } from 'react';
import { useLocation, useNavigate } from 'react-router';
import { focusMain } from '../lib/keep-focus.ts';
import { addresses } from './addresses.ts';

/**
 * Brings to life what stands in index.html above the app: the name leads to the first page, the skip
 * link to the page itself, and every new page takes the focus, so that a screen reader starts there.
 */
export function TopBar() {
  const navigate = useNavigate();
  const { pathname } = useLocation();
  const last = useRef(pathname);

  useEffect(() => {
    const name = document.getElementById('top-name');
    const skip = document.getElementById('skip');
    const goFirst = (event: Event) => {
      event.preventDefault();
      void navigate(addresses.first(), { replace: true });
    };
    const goMain = (event: Event) => {
      event.preventDefault();
      focusMain();
    };
    name?.addEventListener('click', goFirst);
    skip?.addEventListener('click', goMain);
    return () => {
      name?.removeEventListener('click', goFirst);
      skip?.removeEventListener('click', goMain);
    };
  }, [navigate]);

  useEffect(() => {
    if (last.current === pathname) return;
    last.current = pathname;
    window.scrollTo(0, 0);
    return focusWhenLoaded();
  }, [pathname]);

  return null;
}

/** A page is often a loading one first, and replaced: whoever has not gone on meanwhile is brought along. */
function focusWhenLoaded(): () => void {
  focusMain();
  const observer = new MutationObserver(() => {
    const hasGoneOn = document.activeElement !== null && document.activeElement !== document.body;
    if (!hasGoneOn) focusMain();
    if (document.activeElement?.id !== 'main' ? hasGoneOn : !isLoading()) observer.disconnect();
  });
  if (isLoading()) observer.observe(document.body, { childList: true, subtree: true });
  return () => observer.disconnect();
}

function isLoading(): boolean {
  return document.querySelector('#main') === null || document.querySelector('#main > .loading') !== null;
}

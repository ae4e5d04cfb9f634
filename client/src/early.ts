/**
 * Runs before anything is painted: takes an invite code, or that of a seat card, out of the address, where
 * history, screenshots and shoulders could read it, and keeps it in this page's memory only. Nothing is sent: a
 * code counts when a person asks to join or to come back, never when a link is opened.
 */
const takeCode = () => {
  const page = ['/join', '/return', '/invited'].find((path) => location.pathname.startsWith(path));
  if (page === undefined || location.hash.length < 2) return;
  let code = location.hash.slice(1);
  try {
    code = decodeURIComponent(code);
  } catch {
    // Not an encoded text; the server will say whether it is a code.
  }
  history.replaceState(history.state, '', page);
  (window as Window & { longtableCode?: string }).longtableCode = code;
  window.dispatchEvent(new Event('longtable:code'));
};

takeCode();
window.addEventListener('hashchange', takeCode);

/** What an app switcher photographs when this page goes to the back is a plain page. */
document.addEventListener('visibilitychange', () => {
  document.documentElement.classList.toggle('is-covered', document.hidden);
});

export {};

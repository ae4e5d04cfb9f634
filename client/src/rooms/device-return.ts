/**
 * Calls `back` when this device is in the network again after it was out of it, and when its page is looked at
 * again after it was not: so only a person's own device hurries, never a crowd whose server came back. Returns
 * what stops it. Outside browsers there is no page to look at.
 */
export function onDeviceReturn(back: () => void): () => void {
  const page = globalThis.document as Document | undefined;
  let isOut = globalThis.navigator?.onLine === false;
  let isBehind = page?.hidden === true;

  const onOffline = () => void (isOut = true);
  const onOnline = () => {
    if (isOut) back();
    isOut = false;
  };
  const onVisibility = () => {
    if (isBehind && !page?.hidden) back();
    isBehind = page?.hidden === true;
  };
  globalThis.addEventListener?.('offline', onOffline);
  globalThis.addEventListener?.('online', onOnline);
  page?.addEventListener('visibilitychange', onVisibility);
  return () => {
    globalThis.removeEventListener?.('offline', onOffline);
    globalThis.removeEventListener?.('online', onOnline);
    page?.removeEventListener('visibilitychange', onVisibility);
  };
}

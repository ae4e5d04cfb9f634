/** early.ts has put the code of a link here, out of the address, in this page's memory only. */
type Place = Window & { longtableCode?: string };

/** Taking it empties the place. */
export function takePendingCode(): string | null {
  const place = window as Place;
  const code = place.longtableCode ?? null;
  delete place.longtableCode;
  return code;
}

export const hasPendingCode = (): boolean => (window as Place).longtableCode !== undefined;

/** early.ts has put the code of a link here, out of the address, in this page's memory only. */
type Place = Window & { longtableCode?: string };

/** Only looks: a page that waits for a part of its own is rendered afresh, and must find it again. */
export const pendingCode = (): string | null => (window as Place).longtableCode ?? null;

export function dropPendingCode(): void {
  delete (window as Place).longtableCode;
}

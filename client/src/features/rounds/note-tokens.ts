import type { NoteId, SeatId } from '@longtable/shared/ids';
import { LEAVE, PASSED } from '../../lib/page-events.ts';

/**
 * What this page needs to take its notes back, for as long as it is loaded, by seat: several of us may share the
 * phone, one after another. Never stored on the device, so that nothing on it says later who wrote what.
 */
const tokens = new Map<string, string>();

window.addEventListener(LEAVE, () => tokens.clear());
window.addEventListener(PASSED, () => tokens.clear());

const TOKEN_BYTES = 32;

/** What lets this page, and no other, take back a note that is nobody's. */
export function newToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(TOKEN_BYTES));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

export const keepToken = (seat: SeatId, note: NoteId, token: string): void =>
  void tokens.set(`${seat}/${note}`, token);

export const tokenOf = (seat: SeatId, note: NoteId): string | null => tokens.get(`${seat}/${note}`) ?? null;

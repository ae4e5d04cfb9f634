import type { NoteId, SeatId } from '@longtable/shared/ids';

const TOKEN_BYTES = 32;

/**
 * What lets this page take its notes back, by seat: several of us may share the phone, one after another. In
 * memory only, so that nothing on the device says later who wrote what.
 */
const tokens = new Map<SeatId, Map<NoteId, string>>();

/** Leaving quickly (exit.ts) keeps nothing. */
if (typeof window !== 'undefined') window.addEventListener('longtable:leave', () => tokens.clear());

export function newToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(TOKEN_BYTES));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');
}

export function keepToken(seat: SeatId, note: NoteId, token: string): void {
  const own = tokens.get(seat) ?? new Map<NoteId, string>();
  own.set(note, token);
  tokens.set(seat, own);
}

export const tokenOf = (seat: SeatId, note: NoteId): string | null => tokens.get(seat)?.get(note) ?? null;

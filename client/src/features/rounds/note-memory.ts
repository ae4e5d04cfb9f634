import type { NoteId, SeatId } from '@longtable/shared/ids';
import { useCallback, useState } from 'react';

/**
 * What this page remembers of notes for as long as it is loaded, by seat: several of us may share the phone, one
 * after another. Never stored on the device, so that nothing on it says later who wrote what.
 */
const tokens = new Map<string, string>();
const drafts = new Map<string, string>();

/** Leaving quickly (exit.ts) keeps nothing. */
window.addEventListener('longtable:leave', () => {
  tokens.clear();
  drafts.clear();
});

/** The phone is about to be passed on, and the page with all of this reloaded: words not put would be lost. */
window.addEventListener('longtable:unsent', (event) => {
  if (drafts.size > 0) event.preventDefault();
});

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

/** What was typed and not put; it stays while somebody turns to another page. `place` names the seat too. */
export function useDraft(place: string): [text: string, keep: (text: string) => void] {
  const [, setTurn] = useState(0);
  const keep = useCallback(
    (text: string) => {
      if (text === '') drafts.delete(place);
      else drafts.set(place, text);
      setTurn((turn) => turn + 1);
    },
    [place],
  );
  return [drafts.get(place) ?? '', keep];
}

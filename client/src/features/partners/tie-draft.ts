import type { Tie } from '@longtable/shared/protocol/http/partners';

/** What has been answered so far; the words stay while somebody looks at the other answer. */
export interface TieDraft {
  has: boolean | null;
  words: string;
}

export const noTieDraft: TieDraft = { has: null, words: '' };

/** Null while it cannot be sent: not chosen, or chosen and left blank. */
export function tieOf({ has, words }: TieDraft): Tie | null {
  if (has === false) return { has };
  return has && words.trim() !== '' ? { has, words: words.trim() } : null;
}

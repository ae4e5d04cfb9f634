import type { SeatId } from '@longtable/shared/ids';
import { useCallback, useState } from 'react';
import { LEAVE, PASSED, UNSENT, UNSENT_CHANGED } from './page-events.ts';

export interface DraftsOf<Draft> {
  /** Whether it holds words that would be lost with the page. */
  hasWords: (draft: Draft) => boolean;
  /** What of it still holds when the words that it was meant for are others now. */
  forChangedWords?: (draft: Draft) => Draft;
}

/** Whose it is, and what it is about: several people may share this device. */
export interface DraftPlace {
  /** Null for somebody who writes before they have one. */
  seat: SeatId | null;
  about: string;
  /** Which version of the words it is meant for, where that matters. */
  version?: number;
}

/**
 * What somebody has written and not sent, for as long as this page is loaded: they may turn to another page
 * meanwhile, or be led away from the form. Never stored on the device.
 */
export class Drafts<Draft> {
  readonly #kind: DraftsOf<Draft>;
  readonly #page: EventTarget;
  readonly #kept = new Map<string, { draft: Draft; version: number }>();

  constructor(kind: DraftsOf<Draft>, page: EventTarget = window) {
    this.#kind = kind;
    this.#page = page;
    // Forgotten first, so that nothing asks when somebody leaves quickly.
    const forget = () => {
      this.#kept.clear();
      this.#guard();
    };
    page.addEventListener(LEAVE, forget);
    page.addEventListener(PASSED, forget);
    page.addEventListener(UNSENT, (event) => {
      if (this.#hasWords()) event.preventDefault();
    });
  }

  #hasWords(): boolean {
    return [...this.#kept.values()].some(({ draft }) => this.#kind.hasWords(draft));
  }

  /** Asks before the page is closed or loaded anew, only while that would lose words. */
  #guard(): void {
    if (this.#hasWords()) this.#page.addEventListener('beforeunload', ask);
    else this.#page.removeEventListener('beforeunload', ask);
    this.#page.dispatchEvent(new Event(UNSENT_CHANGED));
  }

  get(place: DraftPlace): Draft | null {
    const kept = this.#kept.get(keyOf(place));
    if (kept === undefined) return null;
    if (kept.version === versionOf(place) || !this.#kind.forChangedWords) return kept.draft;
    return this.#kind.forChangedWords(kept.draft);
  }

  keep(place: DraftPlace, draft: Draft): void {
    this.#kept.set(keyOf(place), { draft, version: versionOf(place) });
    this.#guard();
  }

  drop(place: DraftPlace): void {
    this.#kept.delete(keyOf(place));
    this.#guard();
  }
}

const ask = (event: Event): void => event.preventDefault();

const keyOf = ({ seat, about }: DraftPlace) => `${seat}/${about}`;
const versionOf = ({ version = 0 }: DraftPlace) => version;

export interface Drafting<Draft> {
  draft: Draft | null;
  keep: (draft: Draft) => void;
  drop: () => void;
}

export function useDraft<Draft>(
  drafts: Drafts<Draft>,
  { seat, about, version = 0 }: DraftPlace,
): Drafting<Draft> {
  const [, setTurn] = useState(0);
  const keep = useCallback(
    (draft: Draft) => {
      drafts.keep({ seat, about, version }, draft);
      setTurn((turn) => turn + 1);
    },
    [drafts, seat, about, version],
  );
  const drop = useCallback(() => {
    drafts.drop({ seat, about });
    setTurn((turn) => turn + 1);
  }, [drafts, seat, about]);
  return { draft: drafts.get({ seat, about, version }), keep, drop };
}

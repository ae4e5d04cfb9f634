import type { Dissent } from '@longtable/shared/protocol/http/rounds';
import type { Position } from '@longtable/shared/rounds/round';
import { useCallback, useState } from 'react';

export interface AnswerDraft {
  position: Position | null;
  reason: string;
  dissent: Dissent;
}

/** To which version of the words it was meant. */
interface KeptDraft extends AnswerDraft {
  version: number;
}

/**
 * What was written and not sent, for as long as this page is loaded: a section may be opened again while somebody
 * is still writing why, and marking oneself heard leads away from here. Never stored on the device.
 */
const drafts = new Map<string, KeptDraft>();

window.addEventListener('longtable:leave', () => drafts.clear());

/** The phone is about to be passed on, and the page with all of this reloaded: a reason not given would be lost. */
window.addEventListener('longtable:unsent', (event) => {
  if ([...drafts.values()].some(({ reason }) => reason.trim() !== '')) event.preventDefault();
});

export interface Drafting {
  draft: AnswerDraft | null;
  keep: (draft: AnswerDraft) => void;
  drop: () => void;
}

/**
 * `place` names the seat too: several people may share this device. A reason outlives a change of the words; what was
 * chosen does not, because nobody has said it of these words.
 */
export function useDraft(place: string, version: number): Drafting {
  const [, setTurn] = useState(0);
  const keep = useCallback(
    (draft: AnswerDraft) => {
      drafts.set(place, { ...draft, version });
      setTurn((turn) => turn + 1);
    },
    [place, version],
  );
  const drop = useCallback(() => {
    drafts.delete(place);
    setTurn((turn) => turn + 1);
  }, [place]);
  const kept = drafts.get(place);
  return { draft: kept ? (kept.version === version ? kept : { ...kept, position: null }) : null, keep, drop };
}

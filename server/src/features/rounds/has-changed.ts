import { createHash } from 'node:crypto';
import { saySame, type TakenBack } from '@longtable/shared/documents/gaps';
import type { Deps } from '../../platform/deps.ts';
import { type JointHead, readJointSection } from '../rooms/rooms.service.ts';
import type { Round } from './round-state.ts';
import { pinnedContent } from './rounds.service.ts';

/** Whether other words stand in a section, at this head or a later one, than those that a round pinned. Gaps are none; of words that nobody can open it is not said. */
export type HasChanged = (
  deps: Pick<Deps, 'db' | 'keyring'>,
  round: Round,
  section: string,
  head: JointHead,
  takenBack: TakenBack,
) => Promise<boolean>;

export const compareWords: HasChanged = async (deps, round, section, _head, takenBack) => {
  const { content, isUnreadable } = await readJointSection(deps, round.document, section);
  return !isUnreadable && !saySame(await pinnedContent(deps, round, section), content, takenBack);
};

const fingerprints = new WeakMap<TakenBack, string>();

/** Taken once for all sections that are compared by the same reading of the ids, which come in their order. */
function fingerprintOf(takenBack: TakenBack): string {
  const known = fingerprints.get(takenBack);
  if (known) return known;
  const made = createHash('sha256')
    .update([...takenBack].join())
    .digest('base64');
  fingerprints.set(takenBack, made);
  return made;
}

/** Of some hundred bytes each. Past it the oldest are forgotten, and compared again when somebody asks. */
const MOST_REMEMBERED = 10_000;

/**
 * Compares once for all who ask while nothing is written, and keeps the yes or no alone, never words. A head never
 * goes back and what a version says never changes, so an answer holds for as long as both and the words that were
 * taken back are the same. Words that are written while we compare may be in the answer for the head before them: it is then newer than it need be, and
 * whoever asks at the new head has them compared again.
 */
export function rememberComparisons(compare: HasChanged = compareWords, most = MOST_REMEMBERED): HasChanged {
  const known = new Map<string, { of: string; hasChanged: Promise<boolean> }>();
  return (deps, round, section, head, takenBack) => {
    const place = `${round.id}/${section}`;
    const of = `${round.state.sections[section]?.version} ${head.lineage} ${head.epoch} ${head.seq} ${fingerprintOf(takenBack)}`;
    const before = known.get(place);
    if (before?.of === of) return before.hasChanged;
    const comparison = { of, hasChanged: compare(deps, round, section, head, takenBack) };
    known.delete(place);
    known.set(place, comparison);
    if (known.size > most) known.delete(known.keys().next().value!);
    comparison.hasChanged.catch(() => {
      if (known.get(place) === comparison) known.delete(place);
    });
    return comparison.hasChanged;
  };
}

import { LongtableError } from '@longtable/shared/errors';
import { comparable, saySame } from '@longtable/shared/documents/gaps';
import { sectionOf, templateFor } from '@longtable/shared/documents/templates/templates';
import type { CircleId, DocumentId } from '@longtable/shared/ids';
import type { SectionDifference } from '@longtable/shared/protocol/http/difference';
import type { SectionStanding, Standing } from '@longtable/shared/protocol/http/standing';
import { placeOf } from '@longtable/shared/rounds/agreement';
import { isOver, type RoundSection, waitingFor } from '@longtable/shared/rounds/round';
import type { Deps } from '../../platform/deps.ts';
import { type Document, readTable } from '../documents/documents.service.ts';
import type { Seat } from '../people/people.service.ts';
import { jointHeads, type JointHead, readJointSection } from '../rooms/rooms.service.ts';
import { wordsTakenBack } from '../words/quotes.service.ts';
import { differenceOf, hasWordChanges } from './difference.ts';
import { compareWords, type HasChanged } from './has-changed.ts';
import { readHeard } from './heard.service.ts';
import type { Round } from './round-state.ts';
import { findSectionsOfRounds, type SectionRow } from './rounds.repository.ts';
import { pinnedContent, roundsOf } from './rounds.service.ts';

type Reading = Pick<Deps, 'db' | 'keyring'>;
type SectionRoundStanding = Omit<SectionStanding, 'section' | 'heard' | 'head' | 'isWritten'>;

const OPEN: SectionRoundStanding = {
  standing: 'open',
  isReopened: false,
  roundId: null,
  agreedBy: [],
  waitingFor: [],
  agreedOn: null,
  reviewOn: null,
  hasChanged: false,
  beside: null,
};

/**
 * Where every section of a table stands. The same for every seat: nothing in it is inside a circle. Every phone at
 * the table asks for it again and again, so words are read only where `hasChanged` cannot know without.
 */
export async function readStanding(
  deps: Reading,
  seat: Seat,
  hasChanged: HasChanged = compareWords,
): Promise<Standing> {
  const { circles, documents } = await readTable(deps, seat);
  const asked = circles.filter((circle) => circle.isSeated);
  const ids = documents.map(({ id }) => id);
  const heard = await readHeard(deps, ids);
  const headsOf = await jointHeads(deps.db, ids);
  const takenBack = await wordsTakenBack(deps, seat.partnershipId);
  const isOther: IsOther = (round, section, head) => hasChanged(deps, round, section, head, takenBack);
  const standingOf = await Promise.all(
    documents.map(({ id }) => documentStanding(deps, id, headsOf.get(id)!, isOther)),
  );
  return {
    documents: documents.map(({ id, kind }, index) => ({
      id,
      kind,
      sections: templateFor(kind).sections.map(({ key, isStarred }) => ({
        section: key,
        heard: isStarred
          ? asked.map((circle) => ({ circleId: circle.id, isHeard: heard.isHeard(id, key, circle.id) }))
          : [],
        head: headsOf.get(id)!.get(key)?.seq ?? 0,
        isWritten: (headsOf.get(id)!.get(key)?.seq ?? 0) > 0,
        ...(standingOf[index]!.get(key) ?? OPEN),
      })),
    })),
  };
}

type IsOther = (round: Round, section: string, head: JointHead) => Promise<boolean>;

/** Sections that are not simply open. */
async function documentStanding(
  deps: Reading,
  document: DocumentId,
  heads: ReadonlyMap<string, JointHead>,
  isOther: IsOther,
): Promise<Map<string, SectionRoundStanding>> {
  const rounds = await roundsOf(deps, document);
  const days = await findSectionsOfRounds(
    deps.db,
    rounds.map(({ id }) => id),
  );
  const standing = new Map<string, SectionRoundStanding>();
  for (const [key, head] of heads) {
    const round = decisiveRound(rounds, key);
    if (!round) continue;
    const dayOf = ({ id }: Round) => days.find((row) => row.round_id === id && row.section === key);
    const isChanged = async () => isOther(round, key, head);
    const here = await standingBy(round, key, dayOf(round), isChanged);
    standing.set(key, { ...here, beside: besideOf(rounds, key, round, dayOf) });
  }
  return standing;
}

/** The round that comes first for whoever looks at a section: one that is running, else the one it is agreed by. */
function decisiveRound(newestFirst: readonly Round[], section: string): Round | null {
  const { agreed, underway } = placeOf(newestFirst, section);
  return underway && !isOver(underway.state, section) ? underway : (agreed ?? underway);
}

function besideOf(
  newestFirst: readonly Round[],
  section: string,
  decisive: Round,
  dayOf: (round: Round) => SectionRow | undefined,
): SectionRoundStanding['beside'] {
  const { agreed, underway } = placeOf(newestFirst, section);
  const other = decisive === agreed ? underway : agreed;
  // A reopened section of a round that is over says nothing any more.
  const status = other?.state.sections[section]?.status;
  if (!other || (status !== 'waiting' && status !== 'agreed')) return null;
  return {
    roundId: other.id,
    standing: status,
    waitingFor: [...waitingFor(other.state, section)] as CircleId[],
    agreedOn: dayOf(other)?.agreed_on ?? null,
  };
}

async function standingBy(
  round: Round,
  section: string,
  days: SectionRow | undefined,
  isChanged: () => Promise<boolean>,
): Promise<SectionRoundStanding> {
  const now = round.state.sections[section]!;
  const base = { ...OPEN, roundId: round.id };
  if (now.status === 'pinned' || now.status === 'reopened') {
    return { ...base, standing: 'inRound', isReopened: now.status === 'reopened' };
  }
  const hasChanged = await isChanged();
  return {
    ...base,
    standing: now.status === 'waiting' ? 'waiting' : hasChanged ? 'changed' : 'agreed',
    agreedBy: agreedBy(round, now),
    waitingFor: [...waitingFor(round.state, section)] as CircleId[],
    agreedOn: days?.agreed_on ?? null,
    reviewOn: days?.review_on ?? null,
    hasChanged,
  };
}

/** From the words that circles agreed to, to those that stand there now; words taken back are in neither. @throws LongtableError notFound, unreadable */
export async function readDifference(
  deps: Reading,
  document: Document,
  key: string,
): Promise<SectionDifference> {
  const section = sectionOf(document.kind, key);
  const round = decisiveRound(await roundsOf(deps, document.id), key);
  const now = round?.state.sections[key];
  if (!round || !now || now.status === 'pinned' || now.status === 'reopened')
    throw new LongtableError('notFound');
  const before = await pinnedContent(deps, round, key);
  const { content, isUnreadable } = await readJointSection(deps, document, key);
  // Or every word would seem to have been taken out.
  if (isUnreadable) throw new LongtableError('unreadable');
  const takenBack = await wordsTakenBack(deps, document.partnershipId);
  const difference = differenceOf(section, comparable(before, takenBack), comparable(content, takenBack));
  const hasChanged = !saySame(before, content, takenBack);
  const days = (await findSectionsOfRounds(deps.db, [round.id])).find((row) => row.section === key);
  return {
    roundId: round.id,
    agreedBy: agreedBy(round, now),
    agreedOn: days?.agreed_on ?? null,
    ...difference,
    isFormOnly: hasChanged && !hasWordChanges(difference),
  };
}

const agreedBy = ({ state }: Round, { answers }: RoundSection): CircleId[] =>
  state.electorate.filter(
    (circle) => answers[circle] !== undefined && answers[circle] !== 'objection',
  ) as CircleId[];

import { LongtableError } from '@longtable/shared/errors';
import type { CanonicalSection } from '@longtable/shared/documents/canonical';
import { canonicalBytes } from '@longtable/shared/documents/canonical-bytes';
import { sectionOf, templateFor } from '@longtable/shared/documents/templates/templates';
import type { CircleId } from '@longtable/shared/ids';
import type { SectionDifference } from '@longtable/shared/protocol/http/difference';
import type { SectionStanding, Standing } from '@longtable/shared/protocol/http/standing';
import { type RoundSection, waitingFor } from '@longtable/shared/rounds/round';
import type { Deps } from '../../platform/deps.ts';
import { type Document, readTable } from '../documents/documents.service.ts';
import type { Seat } from '../people/people.service.ts';
import { readJointSection, writtenSections } from '../rooms/rooms.service.ts';
import { differenceOf, hasWordChanges } from './difference.ts';
import { readHeard } from './heard.service.ts';
import type { Round } from './round-state.ts';
import { findSections } from './rounds.repository.ts';
import { pinnedVersion, roundsOf } from './rounds.service.ts';

type Reading = Pick<Deps, 'db' | 'keyring'>;
type SectionRoundStanding = Omit<SectionStanding, 'section' | 'heard' | 'isWritten'>;

const OPEN: SectionRoundStanding = {
  standing: 'open',
  isReopened: false,
  roundId: null,
  agreedBy: [],
  waitingFor: [],
  agreedOn: null,
  reviewOn: null,
  hasChanged: false,
};

/** Where every section of a table stands. The same for every seat: nothing in it is inside a circle. */
export async function readStanding(deps: Reading, seat: Seat): Promise<Standing> {
  const { circles, documents } = await readTable(deps, seat);
  const asked = circles.filter((circle) => circle.isSeated);
  const heard = await readHeard(
    deps,
    documents.map(({ id }) => id),
  );
  const standingOf = await Promise.all(
    documents.map(async (document) =>
      documentStanding(deps, { ...document, partnershipId: seat.partnershipId }),
    ),
  );
  const written = await Promise.all(documents.map(({ id }) => writtenSections(deps.db, id)));
  return {
    documents: documents.map(({ id, kind }, index) => ({
      id,
      kind,
      sections: templateFor(kind).sections.map(({ key, isStarred }) => ({
        section: key,
        heard: isStarred
          ? asked.map((circle) => ({ circleId: circle.id, isHeard: heard.isHeard(id, key, circle.id) }))
          : [],
        isWritten: written[index]!.has(key),
        ...(standingOf[index]!.get(key) ?? OPEN),
      })),
    })),
  };
}

/** Sections that are not simply open. */
async function documentStanding(
  deps: Reading,
  document: Document,
): Promise<Map<string, SectionRoundStanding>> {
  const rounds = await roundsOf(deps, document.id);
  const standing = new Map<string, SectionRoundStanding>();
  for (const { key } of templateFor(document.kind).sections) {
    const round = decisiveRound(rounds, key);
    if (round) standing.set(key, await standingBy(deps, round, key));
  }
  return standing;
}

/** The newest round that says something of a section: one that ended without a word on it says nothing. */
export function decisiveRound(newestFirst: readonly Round[], section: string): Round | undefined {
  return newestFirst.find(({ state }) => {
    const now = state.sections[section];
    return now !== undefined && (!state.isClosed || now.status === 'waiting' || now.status === 'agreed');
  });
}

async function standingBy(deps: Reading, round: Round, section: string): Promise<SectionRoundStanding> {
  const now = round.state.sections[section]!;
  const base = { ...OPEN, roundId: round.id };
  if (now.status === 'pinned' || now.status === 'reopened') {
    return { ...base, standing: 'inRound', isReopened: now.status === 'reopened' };
  }
  const days = (await findSections(deps.db, round.id)).find((row) => row.section === section);
  const hasChanged = await hasChangedSince(deps, round, section);
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

/** From the words that circles agreed to, to those that stand there now. @throws LongtableError notFound */
export async function readDifference(
  deps: Reading,
  document: Document,
  key: string,
): Promise<SectionDifference> {
  const section = sectionOf(document.kind, key);
  const round = decisiveRound(await roundsOf(deps, document.id), key);
  const standing = round && (await standingBy(deps, round, key));
  if (!round || !standing || standing.standing === 'inRound') throw new LongtableError('notFound');
  const before = JSON.parse(
    (await pinnedVersion(deps, round, key)).bytes.toString('utf8'),
  ) as CanonicalSection;
  const { content } = await readJointSection(deps, document, key);
  const difference = differenceOf(section, before, content);
  return {
    roundId: round.id,
    agreedBy: standing.agreedBy,
    agreedOn: standing.agreedOn,
    ...difference,
    isFormOnly: standing.hasChanged && !hasWordChanges(difference),
  };
}

const agreedBy = ({ state }: Round, { answers }: RoundSection): CircleId[] =>
  state.electorate.filter(
    (circle) => answers[circle] !== undefined && answers[circle] !== 'objection',
  ) as CircleId[];

async function hasChangedSince(deps: Reading, round: Round, section: string): Promise<boolean> {
  const { bytes } = await pinnedVersion(deps, round, section);
  const { content } = await readJointSection(deps, round.document, section);
  return !bytes.equals(canonicalBytes(content));
}
